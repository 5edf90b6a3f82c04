/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The one list of metrics: METRIC(kind, name, label, help).  The help says why
 * an operator cares.  Included several times, so it has no guard. */
METRIC(COUNTER, http_requests, STATUS_CLASS,
    "Requests answered, by class of status.")
METRIC(COUNTER, webhooks, CHANNEL,
    "Genuine webhook bodies accepted.")
METRIC(COUNTER, webhooks_forged, CHANNEL,
    "Bodies whose signature did not fit: a wrong or changed secret, or somebody "
    "who tries.")
METRIC(COUNTER, webhooks_unsigned, CHANNEL,
    "Bodies without a signature: Zalo's check when the URL is saved, or noise.")
METRIC(COUNTER, webhooks_unreadable, CHANNEL,
    "Genuine bodies that could not be read; answered 200, see the log.")
METRIC(COUNTER, webhooks_busy, CHANNEL,
    "Webhooks answered 503 because too many turns waited for the disk.")
METRIC(COUNTER, events, CHANNEL, "Events taken from webhooks.")
METRIC(COUNTER, events_duplicate, CHANNEL,
    "Events seen before: redeliveries, harmless.")
METRIC(COUNTER, events_ignored, CHANNEL,
    "Genuine events of no use, or for a page or OA that is not set up.")
METRIC(COUNTER, chat_refused, NONE,
    "Messages of the chat page answered 429: somebody is too fast, or a limit "
    "too low.")
METRIC(COUNTER, decisions, DECISION, "What was decided on citizens' messages.")
METRIC(COUNTER, deliveries, CHANNEL, "Replies that a platform took.")
METRIC(COUNTER, deliveries_retried, CHANNEL,
    "Tries that a platform refused for now.")
METRIC(COUNTER, deliveries_parked, CHANNEL,
    "Replies that wait for a person: look at them.")
METRIC(COUNTER, token_refreshes, CHANNEL, "Access tokens refreshed.")
METRIC(COUNTER, token_failures, CHANNEL,
    "Refreshes that failed; with token_dead 1 a person must consent again.")
METRIC(GAUGE, token_dead, CHANNEL,
    "1: the refresh token is refused; nothing can be sent.")
METRIC(GAUGE, turns_waiting, NONE, "Turns that wait for the disk now.")
METRIC(GAUGE, outbox_queued, NONE, "Replies that wait to be sent now.")
METRIC(GAUGE, outbox_parked, NONE, "Replies that wait for a person now.")
METRIC(GAUGE, outbox_oldest_seconds, NONE,
    "Age of the oldest reply that waits: grows when a platform is down.")
METRIC(GAUGE, chat_waiting, NONE,
    "Chat pages that wait for a reply now; at chat_waiting_max more must ask.")
METRIC(GAUGE, questions, NONE, "Questions in the log.")
METRIC(GAUGE, questions_unanswered, NONE, "Unanswered questions in the log.")
METRIC(GAUGE, faq_entries, NONE, "Entries of the FAQ base in force.")
METRIC(COUNTER, console_busy, NONE,
    "Requests of staff answered 503 because too many waited.")
METRIC(COUNTER, console_logins_refused, NONE,
    "Wrong logins, passwords and codes: somebody forgot, or somebody tries.")
METRIC(HISTOGRAM, webhook_seconds, NONE,
    "Time from a whole webhook body to its answer; platforms allow 2 s.")
METRIC(HISTOGRAM, delivery_seconds, NONE,
    "Time of one call of a platform's send API.")
