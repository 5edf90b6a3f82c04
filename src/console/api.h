/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_API_H
#define HOIDAP_CONSOLE_API_H

#include <jansson.h>

#include "console.h"
#include "store_staff.h"

/* The staff API, below /api/v1.  One place (api.c) finds the route, the
 * session and the permission, checks the CSRF token and the body, and runs
 * the handler on a staff thread: handlers may wait for the store.  A handler
 * only does its work. */

/* What a role may do; one table in permissions.c, role by permission. */
enum permission {
	PERMISSION_PUBLIC,    /* signed in or not */
	PERMISSION_SIGNED_IN, /* whoever is signed in */
	PERMISSION_QUESTIONS, /* read and work on the question log */
	PERMISSION_REPLY,     /* write to citizens, take a conversation,
				 parked replies */
	PERMISSION_FAQ_READ,
	PERMISSION_FAQ_EDIT,	/* drafts */
	PERMISSION_FAQ_APPROVE, /* review, publish, roll back */
	PERMISSION_QUALITY,	/* grade answers */
	PERMISSION_REPORTS,
	PERMISSION_SETTINGS, /* notices, off switch, channels */
	PERMISSION_USERS,
	PERMISSION_AUDIT, /* read the audit log */
	PERMISSIONS,
};

enum { STAFF_PATH_MAX = 4 };

struct staff_request {
	struct console *console;
	struct http_request *http; /* headers, query */
	struct arena *arena;	   /* lives until the answer is sent */
	/* Who asks; NULL only where the permission is PERMISSION_PUBLIC. */
	const struct staff_user *user;
	const json_t *body; /* an object; NULL for GET and DELETE */
	/* What stood for each {} of the path, in order. */
	struct text_view path[STAFF_PATH_MAX];
	uint64_t now_ms;
	struct text_view session; /* hash of the token; empty: none */
};

struct staff_answer {
	unsigned status;
	json_t *json;		/* taken over; NULL: an empty object */
	const char *set_cookie; /* in the request's arena; NULL: none */
	/* Instead of JSON: a file to download, in the request's arena. */
	struct text_view file;
	const char *file_type;	/* static; NULL: JSON */
	const char *file_name;	/* in the arena or static; see http.h */
	unsigned retry_after_s; /* 0: not said */
};

struct staff_route {
	const char *method; /* "GET", "POST", "PUT", "DELETE" */
	const char *path;   /* "/groups/{}/dismiss", below /api/v1 */
	enum permission permission;
	struct staff_answer (*handle)(struct staff_request *request);
	const char *help; /* the summary in the OpenAPI file */
};

/* Each file of handlers offers its rows, ended by a NULL method; routes.c lists
 * the files. */
extern const struct staff_route session_routes[];
extern const struct staff_route user_routes[];
extern const struct staff_route audit_routes[];
extern const struct staff_route openapi_routes[];
extern const struct staff_route group_routes[];
extern const struct staff_route group_view_routes[];
extern const struct staff_route group_reply_routes[];
extern const struct staff_route group_attach_routes[];
extern const struct staff_route overview_routes[];
extern const struct staff_route quality_routes[];
extern const struct staff_route report_routes[];
extern const struct staff_route faq_routes[];
extern const struct staff_route conversation_routes[];
extern const struct staff_route conversation_canned_routes[];
extern const struct staff_route parked_routes[];
extern const struct staff_route setting_routes[];
extern const struct staff_route setting_channel_routes[];
extern const struct staff_route setting_notice_routes[];

/* {"error": MESSAGE, "code": CODE, "field": FIELD}: the message is English,
 * for developers; the pages say CODE in the reader's language.  FIELD may be
 * NULL. */
struct staff_answer staff_error(
    unsigned status, const char *code, const char *field, const char *message);
/* 500 or 503 for what a store or an allocation said. */
struct staff_answer staff_failed(enum result result);
/* 200 with JSON; 500 when JSON is NULL, as after an allocation failed. */
struct staff_answer staff_ok(json_t *json);

/* Members of the body.  A missing or mistyped one, one that is too long or
 * holds control characters gives false and fills *REFUSAL_OUT (400,
 * "bad_field").  Texts are NFC afterwards and live in the arena. */
bool staff_text(struct staff_request *request, const char *name,
    size_t max_bytes, struct text_view *out, struct staff_answer *refusal_out);
bool staff_number(struct staff_request *request, const char *name, uint64_t min,
    uint64_t max, uint64_t *out, struct staff_answer *refusal_out);
/* A query parameter; absent gives FALLBACK. */
bool staff_query_number(struct staff_request *request, const char *name,
    uint64_t max, uint64_t fallback, uint64_t *out,
    struct staff_answer *refusal_out);
/* Another one, of at most 200 bytes of UTF-8; absent it is empty. */
bool staff_query_text(struct staff_request *request, const char *name,
    struct text_view *out, struct staff_answer *refusal_out);
bool staff_flag(struct staff_request *request, const char *name, bool *out,
    struct staff_answer *refusal_out);
/* Is there such a member at all?  For those that may be left out. */
bool staff_has(const struct staff_request *request, const char *name);
/* The number that stands for the Nth {} of the path; else 404. */
bool staff_path_number(struct staff_request *request, size_t n, uint64_t *out,
    struct staff_answer *refusal_out);

/* The audit line of what REQUEST does: by whom and when is filled in. */
struct audit_line staff_line(const struct staff_request *request,
    const char *action, struct text_view subject);
/* JSON, which is taken over, as text in the arena: for BEFORE and AFTER. */
enum result staff_json(struct staff_request *request, json_t *json,
    struct text_view *out) MUST_CHECK;
/* A string of JSON; NULL when out of memory, which json_pack() passes on. */
json_t *staff_string(struct text_view text);

#endif
