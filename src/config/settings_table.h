/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The one list of settings: a row gives the struct member, the parser, the
 * range check, `hoidap config print` and the printed example.  Included several
 * times, so it has no guard. */
SETTING_TEXT(listen, "127.0.0.1:8080",
    "Address and port of the HTTP server; TLS belongs to a proxy before it.")
SETTING_TEXT(public_url, "",
    "https://... address under which citizens and platforms reach the server.")
SETTING_TEXT(store, "sqlite:hoidap.db",
    "Where everything is kept: sqlite:PATH.")
SETTING_TEXT(faq_dir, "faq", "Folder of the FAQ base.")
SETTING_TEXT(log_level, "info", "error, warn, info or debug.")
SETTING_TEXT(zalo_verification, "",
    "Code of Zalo's domain check: served as a meta tag on the site root.")
SETTING_TEXT(chat_origins, "",
    "Sites that may show the chat page with widget.js, such as "
    "https://portal.example.gov.vn https://*.example.gov.vn; empty: none.")
SETTING_TEXT(client_address_header, "",
    "Header in which your proxy writes a visitor's address, such as "
    "X-Real-IP; empty: the connection's own address counts.")
SETTING_UINT(chat_waiting_max, 128, 0, 100000,
    "Chat pages that wait for a reply on an open connection; more ask every "
    "few seconds.")
SETTING_UINT(chat_messages_per_minute, 30, 0, 100000,
    "Messages that one chat page may send in a minute; more is answered 429; "
    "0: no limit.")
SETTING_UINT(chat_messages_per_minute_per_address, 300, 0, 1000000,
    "The same for one address, where an office may share one; this machine's "
    "own is not limited; 0: no limit.")
SETTING_UINT(http_threads, 2, 1, 64,
    "Threads that read webhooks, match and answer.")
SETTING_UINT(http_connections_max, 1024, 16, 100000,
    "Connections open at once; more wait to be accepted.")
SETTING_UINT(http_connections_per_address, 256, 1, 100000,
    "Connections open at once from one client address.")
SETTING_UINT(http_timeout_s, 30, 1, 3600,
    "Seconds without a byte before a connection is closed.")
SETTING_UINT(http_header_max_bytes, 32768, 4096, 1048576,
    "Memory for one request's headers; more is answered 431.")
SETTING_UINT(turns_waiting_max, 4096, 16, 1000000,
    "Turns that may wait for the disk; past it webhooks get 503.")
SETTING_UINT(sends_at_once_max, 64, 1, 1024,
    "Deliveries under way at the same time.")
SETTING_UINT(outbox_attempts_max, 8, 1, 50,
    "Deliveries tried before a reply is parked for a person.")
SETTING_UINT(outbox_backoff_ms, 2000, 10, 3600000,
    "Wait before the second try; it doubles, jittered, with every try.")
SETTING_UINT(outbox_backoff_max_ms, 600000, 1000, 86400000,
    "Longest wait between two tries.")
SETTING_UINT(send_timeout_ms, 15000, 100, 120000,
    "Time for one call of a platform's send API.")
SETTING_UINT(send_connections_per_host, 16, 1, 256,
    "Connections kept to one platform.")
SETTING_UINT(stop_grace_ms, 10000, 0, 600000,
    "Time for replies under way when the server stops.")
SETTING_UINT(staff_silence_minutes, 30, 1, 10080,
    "Minutes that the bot keeps silent after a person answered.")
SETTING_UINT(citizen_messages_per_minute, 20, 0, 100000,
    "Messages of one citizen that are answered in a minute; 0: no limit.")
SETTING_UINT(citizen_repeat_seconds, 30, 0, 3600,
    "Seconds in which the same text from one citizen is answered once.")
SETTING_UINT(zalo_free_replies_max, 0, 0, 1000,
    "Replies within 48 hours that Zalo does not bill; 0: all, as since 2026.")
SETTING_UINT(burst_wait_ms, 4000, 0, 10000,
    "Wait for the rest of a question that comes in pieces; 0: none.")
SETTING_UINT(keep_days, 180, 1, 3650,
    "Days after which masked message texts are erased.")
SETTING_UINT(review_by_second, 1, 0, 1,
    "1: what one person wrote in the console is published by another.")
SETTING_UINT(session_idle_minutes, 60, 5, 1440,
    "Minutes without a click before somebody is signed out of the console.")
SETTING_UINT(session_hours, 12, 1, 168,
    "Hours after which they sign in again in any case.")
