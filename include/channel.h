/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CHANNEL_H
#define HOIDAP_CHANNEL_H

#include "arena.h"
#include "message.h"
#include "reply.h"
#include "window.h"

/* A channel is one row of pure functions: no socket, no clock, no database,
 * no log.  webhooks/channels.c holds the table. */

/* One page or one OA, from the settings.  Strings are never NULL; "" = unset.
 * Owned by the settings. */
struct account {
	const struct channel *channel;
	const char *name;	    /* of its settings section; "default" */
	const char *id;		    /* page id, OA id */
	const char *app_id;	    /* Zalo app id */
	const char *app_secret;	    /* Messenger app secret, Zalo app secret */
	const char *webhook_secret; /* what webhooks are signed with: Messenger
				       app secret, Zalo OA secret key */
	const char *verify_token;   /* Messenger's GET handshake */
	const char *access_token;   /* page token; Zalo: of the first start */
	const char *refresh_token;  /* Zalo: of the first start */
	const char *api;   /* base URL of the send API, without a slash */
	const char *oauth; /* base URL of Zalo's OAuth */
};

/* ---- webhook in ---- */

struct webhook_request {
	struct text_view body;	    /* the bytes as received */
	struct text_view signature; /* value of the channel's
				       SIGNATURE_HEADER, empty when absent */
};

enum genuineness {
	WEBHOOK_GENUINE,
	WEBHOOK_UNSIGNED, /* no signature at all */
	WEBHOOK_FORGED,	  /* a signature that does not fit */
};

/* Query parameters of the GET handshake, percent-decoded.  Returns the empty
 * view for a name that is not there. */
struct webhook_query {
	struct text_view (*get)(const void *context, const char *name);
	const void *context;
};

/* ---- send API out ---- */

struct delivery_address {
	struct text_view citizen;
	struct text_view conversation; /* Zalo anonymous, else empty */
};

struct render_context {
	const struct account *account;
	struct text_view access_token; /* the one in force */
	uint64_t delivery_id;	       /* comes back in the echo's metadata
					  where the platform has it */
	uint64_t now_s;
	bool plain;	  /* the platform refused buttons: text only */
	bool human;	  /* a person's act, which some platforms mark */
	enum reach reach; /* in which window it goes */
};

struct api_header {
	const char *name;
	const char *value;
};

enum { API_HEADERS_MAX = 6 };

/* One POST, or what METHOD says.  Strings live in the arena given to
 * render. */
struct api_call {
	const char *method; /* "GET", "DELETE"; NULL: a POST */
	const char *url;
	struct api_header headers[API_HEADERS_MAX];
	size_t header_count;
	struct text_view body;
	bool courtesy; /* typing and the like: its failure changes nothing */
};

enum { API_CALLS_MAX = 16 };

struct api_call_list {
	struct api_call at[API_CALLS_MAX];
	size_t count;
};

struct api_response {
	long status; /* HTTP status; 0: no answer came (time-out, reset) */
	bool sent;   /* STATUS is 0 and the request may have reached them */
	struct text_view body;
	struct text_view usage; /* value of the channel's USAGE_HEADER, or
				   empty */
};

enum verdict_kind {
	VERDICT_DELIVERED, /* the platform took it; MESSAGE_ID is its id */
	VERDICT_RETRY,	   /* refused for now: again after AFTER_MS or the
			      back-off, whichever is later */
	VERDICT_UNCLEAR,   /* may have been delivered: wait for the echo, then
			      try again */
	VERDICT_REFUSED,   /* this message, for good: park it */
	VERDICT_PLAIN,	   /* buttons were refused: render again with .plain */
	VERDICT_REAUTH,	   /* the token is no longer good: refresh, again */
	VERDICT_PAUSE,	   /* rate limit: the whole account waits AFTER_MS */
	VERDICT_STOPPED,   /* the account cannot send until a person acts */
};

enum { VERDICT_ID_SIZE = 256, VERDICT_REASON_SIZE = 96 };

struct verdict {
	enum verdict_kind kind;
	uint64_t after_ms;
	int64_t code; /* the platform's error number, 0: none */
	int64_t subcode;
	char message_id[VERDICT_ID_SIZE];
	/* For operators, in English, without secrets or message text. */
	char reason[VERDICT_REASON_SIZE];
};

/* ---- tokens that must be refreshed (Zalo) ---- */

struct token_pair {
	char access[2048];
	char refresh[2048];
	uint64_t expires_ms; /* 0: unknown */
};

struct token_protocol {
	/* The call that exchanges PAIR's refresh token. */
	enum result (*render)(const struct account *account,
	    const struct token_pair *pair, struct arena *arena,
	    struct api_call *out);
	/* OK: *OUT is the new pair.  ERR_INVALID: the refresh token is dead, a
	 * person must consent again.  ERR_IO: no clear answer, try the same
	 * token once more. */
	enum result (*read)(const struct api_response *response,
	    uint64_t now_ms, struct token_pair *out, struct complaint *why);
	uint64_t refresh_before_ms; /* refresh this long before expiry */
};

struct channel {
	const char *name;	      /* also its path: /webhooks/NAME */
	const char *signature_header; /* NULL: takes no webhooks */
	const char *usage_header;     /* NULL: none */
	size_t body_max_bytes;
	unsigned forged_status;	  /* answered to WEBHOOK_FORGED */
	unsigned unsigned_status; /* answered to WEBHOOK_UNSIGNED */
	bool pushes; /* replies go out through render and the sender; else the
			citizen's page fetches them */

	enum genuineness (*verify)(const struct webhook_request *request,
	    const struct account *account);
	/* OK with a list (possibly empty); ERR_INVALID with WHY for a body
	 * that is no event at all (answered 200 all the same, logged). */
	enum result (*parse)(struct text_view body,
	    const struct account *account, struct arena *arena,
	    struct message_list *out, struct complaint *why);
	/* The GET handshake: OK and the body to answer 200 with (borrowed from
	 * the query or static), or ERR_INVALID: 403. */
	enum result (*handshake)(const struct webhook_query *query,
	    const struct account *account, struct text_view *answer_out);
	/* ERR_TOO_LARGE when even API_CALLS_MAX parts cannot hold it.  The
	 * same reply and context always give the same calls, so that a
	 * delivery can go on after its Nth part. */
	enum result (*render)(const struct reply *reply,
	    const struct delivery_address *to,
	    const struct render_context *context, struct arena *arena,
	    struct api_call_list *out);
	void (*judge)(const struct api_response *response, struct verdict *out);
	/* May CONTACT be written to?  NULL: always. */
	struct reply_window (*window)(
	    const struct contact *contact, const struct window_terms *terms);
	const struct token_protocol *token; /* NULL: tokens do not expire */
};

/* The table, in webhooks/channels.c: ends with a NULL. */
extern const struct channel *const channels[];
const struct channel *channel_named(struct text_view name);
/* The window of CONTACT on the channel with that name; REACH_NONE for one that
 * is not known. */
struct reply_window channel_window(struct text_view name,
    const struct contact *contact, const struct window_terms *terms);

#endif
