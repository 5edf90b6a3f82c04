/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

#include "json.h"
#include "secret.h"

#include <string.h>
#include <strings.h>

/* Zalo signs with a plain SHA-256, not an HMAC, over
 *
 *     app id, body as received, the body's "timestamp" as text, OA secret key
 *
 * one after another without separators.  The time stamp is inside the body, so
 * the body must be parsed before anyone is trusted: repeated keys are refused,
 * or the hashed time stamp might not be the one that parse reads.  The key may
 * be shared by several apps, so the signature alone does not say that the
 * event is for our app: the body's app_id must be the configured one.
 *
 * There is no window of time on purpose.  Zalo resends the same body, with the
 * same old time stamp, for almost two hours; replays are caught by dedup_id. */

enum { MAC_DIGITS = SECRET_HEX_SIZE - 1 };

/* What stands behind "mac=", with or without spaces; all of VALUE when it does
 * not begin like that. */
static struct text_view
without_prefix(struct text_view value)
{
	struct text_view rest;

	value = text_trim(value);
	if (value.len < 3 || strncasecmp(value.at, "mac", 3) != 0)
		return value;
	rest = text_trim(text_slice(value, 3, value.len));
	if (!text_starts(rest, TEXT("=")))
		return value;
	return text_trim(text_slice(rest, 1, rest.len));
}

/* The digits as secret.h writes them.  Anything that is not a digest cannot
 * equal one, so only its length needs a check. */
static bool
read_mac(struct text_view header, char out[MAC_DIGITS])
{
	struct text_view mac = without_prefix(header);

	if (mac.len != MAC_DIGITS)
		return false;
	memcpy(out, mac.at, MAC_DIGITS);
	for (size_t i = 0; i < MAC_DIGITS; i++)
		if (out[i] >= 'A' && out[i] <= 'F')
			out[i] = "abcdef"[out[i] - 'A'];
	return true;
}

static bool
mac_fits(const char given[MAC_DIGITS], struct text_view body,
    struct text_view timestamp, const struct account *account)
{
	const struct text_view parts[] = { text_of(account->app_id), body,
		timestamp, text_of(account->webhook_secret) };
	char expected[SECRET_HEX_SIZE];

	secret_sha256_hex(parts, sizeof(parts) / sizeof(parts[0]), expected);
	return secret_equal((struct text_view){ given, MAC_DIGITS },
	    (struct text_view){ expected, MAC_DIGITS });
}

enum genuineness
zalo_verify(
    const struct webhook_request *request, const struct account *account)
{
	char mac[MAC_DIGITS];
	char app_digits[ZALO_JSON_DIGITS_SIZE];
	char time_digits[ZALO_JSON_DIGITS_SIZE];
	enum genuineness answer = WEBHOOK_FORGED;
	struct text_view app_id;
	struct text_view timestamp;
	json_t *root = NULL;

	if (text_trim(request->signature).len == 0)
		return WEBHOOK_UNSIGNED;
	/* Without a key the digest would be anyone's to compute. */
	if (account->webhook_secret[0] == '\0' || account->app_id[0] == '\0' ||
	    !read_mac(request->signature, mac) ||
	    zalo_json_load(request->body, &root, NULL) != OK)
		return WEBHOOK_FORGED;
	app_id = zalo_json_scalar(json_object_get(root, "app_id"), app_digits);
	timestamp =
	    zalo_json_scalar(json_object_get(root, "timestamp"), time_digits);
	if (text_is(app_id, account->app_id) &&
	    mac_fits(mac, request->body, timestamp, account))
		answer = WEBHOOK_GENUINE;
	json_decref(root);
	return answer;
}
