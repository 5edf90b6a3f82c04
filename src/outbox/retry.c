/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "outbox.h"

/* BACKOFF * 2^(ATTEMPTS-1), at most BACKOFF_MAX. */
static uint64_t
longest_wait(const struct retry_policy *policy, unsigned attempts)
{
	uint64_t wait_ms = policy->backoff_ms;

	for (unsigned i = 1; i < attempts && wait_ms < policy->backoff_max_ms;
	     i++)
		wait_ms = wait_ms > policy->backoff_max_ms / 2
			      ? policy->backoff_max_ms
			      : wait_ms * 2;
	return wait_ms < policy->backoff_max_ms ? wait_ms
						: policy->backoff_max_ms;
}

bool
retry_next(const struct retry_policy *policy, unsigned attempts,
    uint64_t now_ms, uint64_t after_ms, uint32_t dice, uint64_t *at_ms_out)
{
	uint64_t wait_ms = longest_wait(policy, attempts);
	uint64_t jitter_ms = dice % (wait_ms - wait_ms / 2 + 1);

	if (attempts >= policy->attempts_max)
		return false;
	wait_ms = wait_ms / 2 + jitter_ms;
	*at_ms_out = now_ms + (wait_ms > after_ms ? wait_ms : after_ms);
	return true;
}
