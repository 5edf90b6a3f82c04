/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_STAFF_H
#define HOIDAP_STORE_STAFF_H

#include "arena.h"
#include "store.h"

/* Accounts of staff, their sessions and the audit log. */

/* Bits; a person may have several. */
enum staff_role {
	ROLE_EDITOR = 1,   /* question log and replies */
	ROLE_CURATOR = 2,  /* FAQ */
	ROLE_REVIEWER = 4, /* approves */
	ROLE_ADMIN = 8,	   /* users, settings, channels */
	ROLES_ALL = 15,
};

struct staff_user {
	uint64_t id;
	struct text_view login; /* lower-case ASCII, unique */
	struct text_view name;	/* as colleagues know them */
	unsigned roles;
	bool disabled;
};

/* One line of the audit log.  Every store function that changes something for
 * staff takes one and writes it in the same transaction: no change without
 * its line. */
struct audit_line {
	uint64_t id; /* given by the store */
	uint64_t at_ms;
	uint64_t user;		  /* 0: the command line */
	struct text_view login;	  /* at that time; "cli" for the command line */
	struct text_view action;  /* "group.dismiss", "entry.publish", ... */
	struct text_view subject; /* "group 12", "entry phi-cap-lai" */
	struct text_view before;  /* JSON, or empty */
	struct text_view after;	  /* JSON, or empty */
	struct text_view why;	  /* in their words, or empty */
};

/* ---- users ---- */

struct staff_account {
	struct staff_user user;
	struct text_view hash; /* of the password, credentials.h */
	struct text_view totp; /* secret in base32; empty: no second factor */
	uint64_t totp_step;    /* the last step whose code was taken */
	uint64_t created_ms;
	uint64_t seen_ms; /* last signed in; 0: never */
};

/* USER.login, .name, .roles, .disabled and HASH; its time is LINE's.
 * ERR_INVALID when the login is taken. */
enum result store_user_add(struct store *store,
    const struct staff_account *account, const struct audit_line *line,
    uint64_t *id_out) MUST_CHECK;
/* Texts in ARENA.  ERR_NOT_FOUND. */
enum result store_user_find(struct store *store, struct text_view login,
    struct arena *arena, struct staff_account *out) MUST_CHECK;
enum result store_user_get(struct store *store, uint64_t id,
    struct arena *arena, struct staff_account *out) MUST_CHECK;
/* Everybody, by login. */
enum result store_users(struct store *store, struct arena *arena,
    struct staff_account **accounts_out, size_t *count_out) MUST_CHECK;
/* Name, roles and disabled of USER.id.  ERR_INVALID when nobody would be left
 * who is an admin and not disabled.  Who is disabled has no session any more.
 * ERR_NOT_FOUND. */
enum result store_user_change(struct store *store,
    const struct staff_user *user, const struct audit_line *line) MUST_CHECK;
/* Ends their sessions but the one with the token hash KEEP (empty: all). */
enum result store_user_password(struct store *store, uint64_t id,
    struct text_view hash, struct text_view keep,
    const struct audit_line *line) MUST_CHECK;
/* An empty SECRET takes the second factor away.  STEP is that of the code
 * that proved it. */
enum result store_user_totp(struct store *store, uint64_t id,
    struct text_view secret, uint64_t step,
    const struct audit_line *line) MUST_CHECK;
/* A code counts once: ERR_INVALID unless STEP is later than the last. */
enum result store_user_totp_step(
    struct store *store, uint64_t id, uint64_t step) MUST_CHECK;

/* ---- sessions: known by the hash of their token only ---- */

struct session_limits {
	uint64_t now_ms;
	uint64_t idle_ms;
	uint64_t absolute_ms;
};

/* Somebody signs in; sessions past LIMITS are forgotten on the way. */
enum result store_session_add(struct store *store, struct text_view token_hash,
    uint64_t user, const struct session_limits *limits,
    const struct audit_line *line) MUST_CHECK;
/* Whose session it is.  ERR_NOT_FOUND also when it has ended, is past LIMITS
 * or its user is disabled.  *SEEN_MS_OUT is when it was last touched. */
enum result store_session_find(struct store *store, struct text_view token_hash,
    const struct session_limits *limits, struct arena *arena,
    struct staff_account *out, uint64_t *seen_ms_out) MUST_CHECK;
/* The session is in use.  It is not brought back when it has ended. */
enum result store_session_touch(struct store *store,
    struct text_view token_hash, uint64_t now_ms) MUST_CHECK;
/* OK also when there was none: then without LINE. */
enum result store_session_end(struct store *store, struct text_view token_hash,
    const struct audit_line *line) MUST_CHECK;
/* All of a user. */
enum result store_session_end_all(struct store *store, uint64_t user,
    const struct audit_line *line) MUST_CHECK;

/* ---- the audit log ---- */

/* For what changes outside the store. */
enum result store_audit_add(
    struct store *store, const struct audit_line *line) MUST_CHECK;

/* Empty texts and zeros: not asked for.  Newest first. */
struct audit_filter {
	struct text_view login;
	struct text_view action;  /* all that begin so */
	struct text_view subject; /* all that begin so */
	uint64_t from_ms;
	uint64_t until_ms;  /* up to and without */
	uint64_t before_id; /* the page behind this line */
	size_t limit;
};

enum result store_audit(struct store *store, const struct audit_filter *filter,
    struct arena *arena, struct audit_line **lines_out,
    size_t *count_out) MUST_CHECK;

#endif
