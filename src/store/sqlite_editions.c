/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_editions.h"

#include <stddef.h>

/* Each change looks at what it is about to replace on the writer's own
 * connection, so that between looking and writing nothing can pass. */

/* ---- changing ---- */

static enum result
changed_one(struct sqlite *sqlite)
{
	return sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 1 ? OK
							       : ERR_NOT_FOUND;
}

/* One row of two numbers. */
static enum result
read_pair(sqlite3_stmt *row, struct text_view entry, uint64_t *first_out,
    uint64_t *second_out)
{
	enum result result = SQLITE_START(row, BIND_TEXT(entry));

	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK) {
		*first_out = sqlite_query_number(row, 0);
		*second_out = sqlite_query_number(row, 1);
	}
	sqlite_query_end(row);
	return result;
}

static enum result
rewrite(struct sqlite *sqlite, const struct draft_save *save,
    const struct audit_line *line)
{
	return SQLITE_RUN(sqlite->sql[SQL_REVISION_REWRITE],
	    BIND_TEXT(save->seen.entry), BIND_NUMBER(save->seen.number),
	    BIND_TEXT(save->topic), BIND_TEXT(save->topic_title),
	    BIND_TEXT(save->json), BIND_NUMBER(line->user),
	    BIND_TEXT(line->login), BIND_NUMBER(line->at_ms),
	    BIND_TEXT(line->why));
}

static enum result
add(struct sqlite *sqlite, const struct draft_save *save,
    const struct audit_line *line, uint64_t *number_out)
{
	uint64_t newest = 0;
	uint64_t published = 0;
	enum result result = read_pair(sqlite->sql[SQL_REVISION_NEWEST],
	    save->seen.entry, &newest, &published);

	if (result == OK && published != save->base)
		result = ERR_NOT_FOUND;
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_REVISION_ADD],
		    BIND_TEXT(save->seen.entry), BIND_NUMBER(newest + 1),
		    BIND_NUMBER(save->base), BIND_TEXT(save->topic),
		    BIND_TEXT(save->topic_title), BIND_TEXT(save->json),
		    BIND_NUMBER(line->user), BIND_TEXT(line->login),
		    BIND_NUMBER(line->at_ms), BIND_TEXT(line->why));
	if (result == OK)
		*number_out = newest + 1;
	return result;
}

static enum result
save_draft(struct backend *backend, const struct draft_save *save,
    const struct audit_line *line, struct revision_key *key_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct revision_key key = { .entry = save->seen.entry };
	uint64_t number = 0;
	uint64_t version = 0;
	enum result result = read_pair(sqlite->sql[SQL_REVISION_OPEN],
	    save->seen.entry, &number, &version);

	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	if (number != save->seen.number ||
	    (number > 0 && version != save->seen.version))
		return ERR_NOT_FOUND;
	key.number = number;
	key.version = version + 1;
	result = number > 0 ? rewrite(sqlite, save, line)
			    : add(sqlite, save, line, &key.number);
	if (result == OK)
		result = sqlite_audit_add(sqlite, line);
	if (result == OK)
		*key_out = key;
	return result;
}

static enum result
move(struct backend *backend, const struct revision_key *key, unsigned from,
    enum revision_state to, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_REVISION_MOVE], BIND_TEXT(key->entry),
		BIND_NUMBER(key->number), BIND_NUMBER(key->version),
		BIND_NUMBER((uint64_t)from), BIND_NUMBER((uint64_t)to),
		BIND_NUMBER(line->user), BIND_TEXT(line->login),
		BIND_NUMBER(line->at_ms), BIND_TEXT(line->why));

	if (result == OK)
		result = changed_one(sqlite);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

static enum result
publish(struct backend *backend, const struct publication *publication,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct revision_key *key = &publication->key;
	enum result result = SQLITE_RUN(sqlite->sql[SQL_REVISION_PUBLISH],
	    BIND_TEXT(key->entry), BIND_NUMBER(key->number),
	    BIND_NUMBER(key->version), BIND_TEXT(publication->file_hash),
	    BIND_NUMBER(line->user), BIND_TEXT(line->login),
	    BIND_NUMBER(line->at_ms), BIND_TEXT(line->why));

	if (result == OK)
		result = changed_one(sqlite);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

static enum result
decide(struct sqlite *sqlite, enum sqlite_statement statement,
    const struct rollback *rollback, const struct audit_line *line)
{
	return SQLITE_RUN(sqlite->sql[statement], BIND_TEXT(rollback->entry),
	    BIND_NUMBER(rollback->to), BIND_NUMBER(line->user),
	    BIND_TEXT(line->login), BIND_NUMBER(line->at_ms),
	    BIND_TEXT(line->why));
}

static enum result
roll_back(struct backend *backend, const struct rollback *rollback,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	uint64_t newest = 0;
	uint64_t published = 0;
	enum result result = read_pair(sqlite->sql[SQL_REVISION_NEWEST],
	    rollback->entry, &newest, &published);

	if (result == OK &&
	    (published != rollback->from || published == rollback->to))
		result = ERR_NOT_FOUND;
	if (result == OK)
		result = decide(sqlite, SQL_REVISION_TAKE_BACK, rollback, line);
	if (result == OK && rollback->to > 0) {
		result = decide(sqlite, SQL_REVISION_RESTORE, rollback, line);
		if (result == OK)
			result = changed_one(sqlite);
	}
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

static enum result
read_number(sqlite3_stmt *row, uint64_t *number_out)
{
	enum result result = sqlite_query_next(row);

	if (result == OK)
		*number_out = sqlite_query_number(row, 0);
	sqlite_query_end(row);
	return result;
}

static enum result
advance(struct backend *backend, uint64_t generation)
{
	struct sqlite *sqlite = sqlite_of(backend);
	uint64_t now = 0;
	enum result result = read_number(sqlite->sql[SQL_EDITION_FIND], &now);

	if (result == OK && generation != UINT64_MAX && generation != now)
		result = ERR_NOT_FOUND;
	if (result == OK)
		result = SQLITE_RUN(
		    sqlite->sql[SQL_EDITION_SET], BIND_NUMBER(now + 1));
	return result;
}

/* ---- reading ---- */

static enum result
read_revision(sqlite3_stmt *row, struct sqlite_list *list)
{
	static const struct {
		int column;
		size_t at;
	} texts[] = {
		{ 0, offsetof(struct revision, key.entry) },
		{ 5, offsetof(struct revision, topic) },
		{ 6, offsetof(struct revision, topic_title) },
		{ 7, offsetof(struct revision, json) },
		{ 8, offsetof(struct revision, file_hash) },
		{ 10, offsetof(struct revision, written.login) },
		{ 12, offsetof(struct revision, written.why) },
		{ 14, offsetof(struct revision, decided.login) },
		{ 16, offsetof(struct revision, decided.why) },
	};
	struct revision *revision = sqlite_list_add(list);
	enum result result = OK;

	if (revision == NULL)
		return ERR_NOMEM;
	revision->key.number = sqlite_query_number(row, 1);
	revision->key.version = sqlite_query_number(row, 2);
	revision->state = (enum revision_state)sqlite_query_number(row, 3);
	revision->base = sqlite_query_number(row, 4);
	revision->written.user = sqlite_query_number(row, 9);
	revision->written.at_ms = sqlite_query_number(row, 11);
	revision->decided.user = sqlite_query_number(row, 13);
	revision->decided.at_ms = sqlite_query_number(row, 15);
	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = sqlite_query_copy(row, texts[i].column, list->arena,
		    (struct text_view *)(void *)((char *)revision +
						 texts[i].at));
	return result;
}

static enum result
read_use(sqlite3_stmt *row, struct sqlite_list *list)
{
	struct entry_use *use = sqlite_list_add(list);

	if (use == NULL)
		return ERR_NOMEM;
	use->count = sqlite_query_number(row, 1);
	use->last_ms = sqlite_query_number(row, 2);
	return sqlite_query_copy(row, 0, list->arena, &use->entry);
}

static void
hand_out(const struct sqlite_list *list, struct revision **revisions_out,
    size_t *count_out)
{
	*revisions_out = list->at;
	*count_out = list->count;
}

/* The generation is read first: should something be published in between,
 * whoever goes by it is refused, and reads again. */
static enum result
published(struct backend *backend, struct arena *arena,
    struct revision **revisions_out, size_t *count_out,
    uint64_t *generation_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct revision) };
	uint64_t generation = 0;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = read_number(sqlite->sql[SQL_EDITION], &generation);
	if (result == OK)
		result = sqlite_list_read(sqlite->sql[SQL_REVISIONS_PUBLISHED],
		    OK, read_revision, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	hand_out(&list, revisions_out, count_out);
	*generation_out = generation;
	return OK;
}

static enum result
drafts(struct backend *backend, struct arena *arena,
    struct revision **revisions_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct revision) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(
	    sqlite->sql[SQL_REVISIONS_OPEN], OK, read_revision, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		hand_out(&list, revisions_out, count_out);
	return result;
}

static enum result
revisions(struct backend *backend, struct text_view entry, struct arena *arena,
    struct revision **revisions_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_REVISIONS_OF];
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct revision) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(
	    row, SQLITE_START(row, BIND_TEXT(entry)), read_revision, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		hand_out(&list, revisions_out, count_out);
	return result;
}

static enum result
uses(struct backend *backend, struct arena *arena, struct entry_use **uses_out,
    size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct entry_use) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result =
	    sqlite_list_read(sqlite->sql[SQL_ENTRY_USES], OK, read_use, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*uses_out = list.at;
	*count_out = list.count;
	return OK;
}

const struct backend_editions sqlite_editions_functions = {
	.save = save_draft,
	.move = move,
	.publish = publish,
	.rollback = roll_back,
	.advance = advance,
	.published = published,
	.drafts = drafts,
	.revisions = revisions,
	.uses = uses,
};
