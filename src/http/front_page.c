/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "front_page.h"

enum { PAGE_MAX_BYTES = 16384 };

static enum result
add_page(const struct front_page *front_page, struct buf *out)
{
	const char *code = front_page->zalo_verification;
	enum result result = buf_add(out,
	    TEXT("<!doctype html>\n<html lang=\"vi\">\n<meta "
		 "charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width\">\n"));

	if (result == OK && code[0] != '\0')
		result = buf_printf(out,
		    "<meta name=\"zalo-platform-site-verification\" "
		    "content=\"%s\">\n",
		    code);
	if (result != OK)
		return result;
	return buf_add(
	    out, TEXT("<title>Hỏi đáp dịch vụ công trực tuyến</title>\n"
		      "<h1>Hỏi đáp dịch vụ công trực tuyến</h1>\n"
		      "<p><a href=\"/chat\">Hỏi trợ lý tự động</a></p>\n"
		      "</html>\n"));
}

struct http_answer
front_page_answer(void *context, struct http_request *request)
{
	struct text_view body = TEXT("");
	struct buf page;
	enum result result;

	buf_init(&page, PAGE_MAX_BYTES);
	result = add_page(context, &page);
	if (result == OK)
		result = arena_text(&request->arena, buf_view(&page), &body);
	buf_fini(&page);
	if (result != OK)
		return http_error(request, 503, "out of memory");
	return (struct http_answer){ .status = 200,
		.content_type = "text/html; charset=utf-8",
		.body = body };
}

/* Zalo takes the meta tag in a file of that name as well. */
struct http_answer
front_page_verifier(void *context, struct http_request *request)
{
	const struct front_page *front_page = context;
	struct text_view path = text_of(request->path);
	struct text_view code = text_of(front_page->zalo_verification);
	const struct text_view prefix = TEXT(FRONT_PAGE_VERIFIER);

	if (code.len > 0 && text_starts(path, prefix) &&
	    text_starts(text_slice(path, prefix.len, path.len), code) &&
	    text_is(text_slice(path, prefix.len + code.len, path.len), ".html"))
		return front_page_answer(context, request);
	return http_error(
	    request, 404, "not the verification file of the settings");
}
