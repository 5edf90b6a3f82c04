/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

/* platforms/zalo.md, section 3.5: free within 48 hours of the citizen's last
 * interaction (a message, a tap, a follow), taken and billed within 7 days,
 * refused after that (-230, -232).  Since 2026-01-01 the free replies are not
 * counted any more, before they were 8: TERMS may bring a limit back.  No
 * window of the anonymous visitors of section 3.7 is documented, nor a price:
 * the free one counts for them and no more, since their conversation ends with
 * the page. */
static const uint64_t free_ms = 48ull * 3600 * 1000;
static const uint64_t billable_ms = 7ull * 24 * 3600 * 1000;

static struct reply_window
closed(const char *why)
{
	return (struct reply_window){ REACH_NONE, 0, why };
}

struct reply_window
zalo_window(const struct contact *contact, const struct window_terms *terms)
{
	uint64_t free_ends_ms = contact->renewed_ms + free_ms;
	uint64_t billable_ends_ms = contact->renewed_ms + billable_ms;
	bool free_left = terms->free_replies_max == 0 ||
			 contact->replies < terms->free_replies_max;

	if (contact->account_stopped)
		return closed("the OA cannot send until its administrator "
			      "consents again");
	if (contact->left)
		return closed("they no longer follow the OA");
	if (contact->renewed_ms == 0)
		return closed("they have never interacted with the OA");
	if (terms->now_ms < free_ends_ms && free_left)
		return (struct reply_window){ REACH_FREE, free_ends_ms, NULL };
	if (contact->anonymous)
		return closed("their visit to the website is over");
	if (terms->now_ms < billable_ends_ms)
		return (struct reply_window){ REACH_BILLABLE, billable_ends_ms,
			NULL };
	return closed("they have not interacted for 7 days");
}
