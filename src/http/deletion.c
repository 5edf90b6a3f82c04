/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A code proves by itself that we gave it: the second in which it was asked
 * for, random digits, and a piece of their HMAC under the app secret.  So
 * nothing needs to be kept of somebody who asked us to keep nothing. */
#include "deletion.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "messenger_deletion.h"
#include "secret.h"

enum {
	TIME_LEN = 16, /* hex digits of the seconds since 1970 */
	RANDOM_BYTES = 6,
	MAC_LEN = 12,
	MARKED_LEN = TIME_LEN + 2 * RANDOM_BYTES,
	CODE_LEN = MARKED_LEN + MAC_LEN,
	PAGE_MAX_BYTES = 8192,
};

/* ---- the code ---- */

static void
add_mac(const char *app_secret, char code[CODE_LEN + 1])
{
	char mac[SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(
	    text_of(app_secret), (struct text_view){ code, MARKED_LEN }, mac);
	memcpy(code + MARKED_LEN, mac, MAC_LEN);
	code[CODE_LEN] = '\0';
}

static void
make_code(const char *app_secret, uint64_t now_ms, char code[CODE_LEN + 1])
{
	(void)snprintf(
	    code, TIME_LEN + 1, "%016llx", (unsigned long long)(now_ms / 1000));
	secret_random_hex(RANDOM_BYTES, code + TIME_LEN);
	add_mac(app_secret, code);
}

/* When CODE was given. */
static uint64_t
time_of(const char code[CODE_LEN + 1])
{
	uint64_t seconds = 0;

	for (size_t i = 0; i < TIME_LEN; i++) {
		unsigned char digit = (unsigned char)code[i];

		seconds = seconds * 16 +
			  (digit <= '9' ? digit - '0' : digit - 'a' + 10);
	}
	return seconds * 1000;
}

static bool
is_hex(struct text_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr("0123456789abcdef", text.at[i]) == NULL ||
		    text.at[i] == '\0')
			return false;
	return true;
}

static bool
gave(const char *app_secret, struct text_view given)
{
	char code[CODE_LEN + 1];

	if (app_secret == NULL || app_secret[0] == '\0')
		return false;
	memcpy(code, given.at, CODE_LEN);
	add_mac(app_secret, code);
	return secret_equal(given, (struct text_view){ code, CODE_LEN });
}

/* ---- the form ---- */

static int
hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

static enum result
decode(struct text_view encoded, struct arena *arena, struct text_view *out)
{
	char *at = arena_alloc(arena, encoded.len + 1, 1);
	size_t len = 0;

	if (at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < encoded.len; i++) {
		int high =
		    i + 2 < encoded.len ? hex_digit(encoded.at[i + 1]) : -1;
		int low =
		    i + 2 < encoded.len ? hex_digit(encoded.at[i + 2]) : -1;

		at[len] = encoded.at[i];
		if (at[len] == '%') {
			if (high < 0 || low < 0)
				return ERR_INVALID;
			at[len] = (char)(high * 16 + low);
			i += 2;
		} else if (at[len] == '+') {
			at[len] = ' ';
		}
		len++;
	}
	*out = (struct text_view){ at, len };
	return OK;
}

/* ERR_NOT_FOUND when the form has no such field. */
static enum result
form_field(struct text_view form, const char *name, struct arena *arena,
    struct text_view *out)
{
	struct text_view pair;

	while (text_split(&form, '&', &pair)) {
		struct text_view value = pair;
		struct text_view key;

		if (text_split(&value, '=', &key) && value.at != NULL &&
		    text_is(key, name))
			return decode(value, arena, out);
	}
	return ERR_NOT_FOUND;
}

/* The account whose app secret signed VALUE; NULL: none. */
static const struct account *
signer(const struct settings *settings, struct text_view value,
    struct arena *arena)
{
	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];
		struct text_view user_id;

		if (account->channel == channel_named(TEXT("messenger")) &&
		    messenger_signed_request(value,
			text_of(account->app_secret), arena, &user_id) == OK)
			return account;
	}
	return NULL;
}

/* ---- the answers ---- */

static struct http_answer
confirm(const struct deletion *deletion, struct http_request *request,
    const struct account *account)
{
	struct text_view json = TEXT("");
	char code[CODE_LEN + 1];
	struct buf body;
	enum result result;

	make_code(account->app_secret, clock_now_ms(), code);
	buf_init(&body, PAGE_MAX_BYTES);
	result = buf_printf(&body,
	    "{\"url\": \"%s" DELETION_PATH
	    "?id=%s\", \"confirmation_code\": \"%s\"}",
	    deletion->settings->public_url, code, code);
	if (result == OK)
		result = arena_text(&request->arena, buf_view(&body), &json);
	buf_fini(&body);
	LOG(deletion->log, LOG_INFO, "deletion_asked",
	    LOG_NUMBER("id", request->id));
	return result == OK ? http_json(request, 200, json)
			    : http_error(request, 500, "out of memory");
}

struct http_answer
deletion_ask(void *context, struct http_request *request)
{
	const struct deletion *deletion = context;
	const struct account *account;
	struct text_view value;

	if (deletion->settings->public_url[0] == '\0')
		return http_error(request, 503,
		    "public_url is not set, so there is no address for the "
		    "status page");
	if (form_field(
		request->body, "signed_request", &request->arena, &value) != OK)
		return http_error(request, 400,
		    "the form field signed_request is missing or broken");
	account = signer(deletion->settings, value, &request->arena);
	if (account == NULL)
		return http_error(request, 403,
		    "signed_request is not signed with the app secret");
	return confirm(deletion, request, account);
}

/* %s: the code; %.2s: day, month; %.4s: year.  Twice, once a language. */
static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>Yêu cầu xóa dữ liệu</title>\n<main>\n"
    "<h1>Yêu cầu xóa dữ liệu</h1>\n"
    "<p>Mã xác nhận: <code>%s</code>. Nhận ngày %.2s/%.2s/%.4s.</p>\n"
    "<p>Yêu cầu do Meta chuyển đến chỉ kèm một mã riêng của ứng dụng. Trợ lý "
    "tự động không lưu dữ liệu nào theo mã đó, nên không có gì để xóa theo "
    "mã này. Cuộc trò chuyện được lưu theo một mã khác mà Meta không cho biết, "
    "nên <strong>chưa bị xóa</strong>.</p>\n"
    "<p>Để xóa cuộc trò chuyện: mở Messenger, nhắn cho trang câu "
    "<q>xóa dữ liệu của tôi</q>, rồi bấm <q>Xóa hết</q>. Dữ liệu được xóa "
    "ngay.</p>\n"
    "<section lang=\"en\">\n<h2>Data deletion request</h2>\n"
    "<p>Confirmation code: <code>%s</code>, received on %.4s-%.2s-%.2s.</p>\n"
    "<p>Meta sent this request with an id that is specific to the app. We "
    "keep no data under that id, so there was nothing to erase under it. "
    "Conversations are kept under another id, which Meta does not tell, so "
    "yours <strong>has not been erased</strong>.</p>\n"
    "<p>To erase it, open Messenger, send the page the message <q lang=\"vi\">"
    "xóa dữ liệu của tôi</q> and tap <q lang=\"vi\">Xóa hết</q>. It is erased "
    "at once.</p>\n</section>\n</main>\n</html>\n";

static struct http_answer
show_page(struct http_request *request, const char code[CODE_LEN + 1])
{
	struct text_view body = TEXT("");
	char date[DATE_SIZE];
	struct buf text;
	enum result result;

	date_of_ms(time_of(code), date);
	buf_init(&text, PAGE_MAX_BYTES);
	result = buf_printf(&text, page, code, date + 8, date + 5, date, code,
	    date, date + 5, date + 8);
	if (result == OK)
		result = arena_text(&request->arena, buf_view(&text), &body);
	buf_fini(&text);
	if (result != OK)
		return http_error(request, 500, "out of memory");
	return (struct http_answer){ .status = 200,
		.content_type = "text/html; charset=utf-8",
		.body = body };
}

struct http_answer
deletion_status(void *context, struct http_request *request)
{
	const struct deletion *deletion = context;
	const struct settings *settings = deletion->settings;
	struct text_view given = http_query(request, "id");
	char code[CODE_LEN + 1];

	if (given.len != CODE_LEN || !is_hex(given) ||
	    text_copy(code, sizeof(code), given) != OK)
		return http_error(
		    request, 404, "there is no request with this code");
	for (size_t i = 0; i < settings->account_count; i++)
		if (settings->accounts[i].channel ==
			channel_named(TEXT("messenger")) &&
		    gave(settings->accounts[i].app_secret, given))
			return show_page(request, code);
	return http_error(request, 404, "there is no request with this code");
}
