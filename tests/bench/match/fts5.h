/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_FTS5_H
#define HOIDAP_BENCH_FTS5_H

#include <sqlite3.h>

#include "match.h"
#include "matcher.h"

/* SQLite's full-text search: every phrasing a row of a table in memory, folded
 * as hoidap folds; a question is an OR of its words, and the entry is that of
 * the row which bm25() puts first. */
struct fts5_state {
	sqlite3 *db;
	sqlite3_stmt *find;
	struct arena arena;
	struct buf text;
};

static inline enum result
fts5_result(int code)
{
	switch (code) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_NOMEM:
		return ERR_NOMEM;
	default:
		return ERR_INVALID;
	}
}

static inline enum result
fts5_add(struct fts5_state *fts, sqlite3_stmt *insert, struct text_view text,
    size_t entry)
{
	int code;
	enum result result;

	arena_reset(&fts->arena);
	result = generated_fold(text, &fts->arena, &fts->text);
	if (result != OK)
		return result;
	code = sqlite3_bind_text(
	    insert, 1, fts->text.at, (int)fts->text.len, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_bind_int64(insert, 2, (sqlite3_int64)entry);
	if (code == SQLITE_OK)
		code = sqlite3_step(insert);
	(void)sqlite3_reset(insert);
	return fts5_result(code);
}

static inline enum result
fts5_fill(struct fts5_state *fts, const struct generated *base)
{
	sqlite3_stmt *insert = NULL;
	int code = sqlite3_exec(fts->db,
	    "CREATE VIRTUAL TABLE phrasing USING fts5(text, entry UNINDEXED, "
	    "tokenize = unicode61); BEGIN",
	    NULL, NULL, NULL);
	enum result result;

	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(fts->db,
		    "INSERT INTO phrasing VALUES (?, ?)", -1, &insert, NULL);
	result = fts5_result(code);
	for (size_t i = 0; result == OK && i < base->entry_count; i++) {
		for (size_t j = 0; result == OK && j < GENERATED_PHRASINGS; j++)
			result = fts5_add(
			    fts, insert, base->entries[i].phrasings[j], i);
	}
	(void)sqlite3_finalize(insert);
	if (result == OK)
		result = fts5_result(sqlite3_exec(fts->db,
		    "INSERT INTO phrasing(phrasing) VALUES ('optimize'); "
		    "COMMIT",
		    NULL, NULL, NULL));
	return result;
}

static inline void
fts5_end(void *state)
{
	struct fts5_state *fts = state;

	(void)sqlite3_finalize(fts->find);
	(void)sqlite3_close(fts->db);
	arena_fini(&fts->arena);
	buf_fini(&fts->text);
	free(fts);
}

static inline enum result
fts5_start(const struct generated *base, void **state_out)
{
	struct fts5_state *fts = calloc(1, sizeof(*fts));
	enum result result;

	if (fts == NULL)
		return ERR_NOMEM;
	arena_init(&fts->arena, MATCH_ARENA_BYTES_MAX);
	buf_init(&fts->text, TOKENS_BYTES_MAX * 4);
	result = fts5_result(sqlite3_open(":memory:", &fts->db));
	if (result == OK)
		result = fts5_fill(fts, base);
	if (result == OK)
		result = fts5_result(sqlite3_prepare_v2(fts->db,
		    "SELECT entry FROM phrasing WHERE phrasing MATCH ? "
		    "ORDER BY rank LIMIT 1",
		    -1, &fts->find, NULL));
	if (result != OK) {
		fts5_end(fts);
		return result;
	}
	*state_out = fts;
	return OK;
}

/* "phi" OR "lam" OR ...: folded words hold no quotes. */
static inline enum result
fts5_query(struct fts5_state *fts, struct text_view question)
{
	struct tokens tokens;
	enum result result;

	arena_reset(&fts->arena);
	buf_reset(&fts->text);
	result = tokens_read(question, &fts->arena, &tokens);
	for (size_t i = 0; result == OK && i < tokens.count; i++)
		result = buf_printf(&fts->text, "%s\"%.*s\"",
		    i == 0 ? "" : " OR ", TEXT_ARGS(tokens.at[i].folded));
	return result;
}

static inline enum result
fts5_ask(void *state, struct text_view question, size_t *entry_out)
{
	struct fts5_state *fts = state;
	int code;
	enum result result = fts5_query(fts, question);

	if (result != OK)
		return result;
	code = sqlite3_bind_text(
	    fts->find, 1, fts->text.at, (int)fts->text.len, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(fts->find);
	if (code == SQLITE_ROW)
		*entry_out = (size_t)sqlite3_column_int64(fts->find, 0);
	else if (code == SQLITE_DONE)
		*entry_out = SIZE_MAX;
	(void)sqlite3_reset(fts->find);
	return fts5_result(code);
}

static const struct matcher matcher_fts5 = {
	.name = "fts5",
	.start = fts5_start,
	.ask = fts5_ask,
	.end = fts5_end,
};

#endif
