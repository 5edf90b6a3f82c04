/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_STAFF_H
#define HOIDAP_STORE_BACKEND_STAFF_H

#include "store_staff.h"

struct backend;

/* What include/store_staff.h asks of a database. */
struct backend_staff {
	/* ---- on the writer's thread only ---- */

	enum result (*user_add)(struct backend *backend,
	    const struct staff_account *account, const struct audit_line *line,
	    uint64_t *id_out);
	enum result (*user_change)(struct backend *backend,
	    const struct staff_user *user, const struct audit_line *line);
	enum result (*user_password)(struct backend *backend, uint64_t id,
	    struct text_view hash, struct text_view keep,
	    const struct audit_line *line);
	enum result (*user_totp)(struct backend *backend, uint64_t id,
	    struct text_view secret, uint64_t step,
	    const struct audit_line *line);
	enum result (*user_totp_step)(
	    struct backend *backend, uint64_t id, uint64_t step);
	enum result (*session_add)(struct backend *backend,
	    struct text_view token_hash, uint64_t user,
	    const struct session_limits *limits, const struct audit_line *line);
	enum result (*session_touch)(struct backend *backend,
	    struct text_view token_hash, uint64_t now_ms);
	enum result (*session_end)(struct backend *backend,
	    struct text_view token_hash, const struct audit_line *line);
	enum result (*session_end_all)(struct backend *backend, uint64_t user,
	    const struct audit_line *line);
	enum result (*audit_add)(
	    struct backend *backend, const struct audit_line *line);

	/* ---- on any thread ---- */

	/* By ID, or by LOGIN where it is 0. */
	enum result (*user_find)(struct backend *backend, uint64_t id,
	    struct text_view login, struct arena *arena,
	    struct staff_account *out);
	enum result (*users)(struct backend *backend, struct arena *arena,
	    struct staff_account **accounts_out, size_t *count_out);
	enum result (*session_find)(struct backend *backend,
	    struct text_view token_hash, const struct session_limits *limits,
	    struct arena *arena, struct staff_account *out,
	    uint64_t *seen_ms_out);
	enum result (*audit)(struct backend *backend,
	    const struct audit_filter *filter, struct arena *arena,
	    struct audit_line **lines_out, size_t *count_out);
};

#endif
