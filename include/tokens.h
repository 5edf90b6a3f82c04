/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TOKENS_H
#define HOIDAP_TOKENS_H

#include "arena.h"
#include "buf.h"

enum {
	TOKENS_BYTES_MAX = 4096, /* what is past it is not read */
	TOKENS_MAX = 512,
};

enum token_kind {
	TOKEN_WORD,   /* letters */
	TOKEN_NUMBER, /* digits alone, "1.000" joined */
	TOKEN_CODE,   /* letters and digits: ct01, 500k */
	TOKEN_URL,    /* the host alone: dichvucong.gov.vn */
	TOKEN_EMOJI,
};

/* One whole word of a message, under two keys. */
struct token {
	/* NFKC, lower case, tone mark in its old-style place, no elongation */
	struct text_view accented;
	/* The same without marks, đ as d, ky as ki. */
	struct text_view folded;
	/* What FOLDED is when it is read as Telex or VNI left-overs
	 * ("dduwowcj": "duoc"); empty when it cannot be read so. */
	struct text_view skeleton;
	struct text_view typed; /* where it stood in the message */
	enum token_kind kind;
	bool marked; /* ACCENTED and FOLDED differ by a mark */
};

struct tokens {
	struct token *at;
	size_t count;
	bool marked; /* some token is: the citizen types accents */
};

/* Split TEXT (valid UTF-8) into whole words.  Keys live in ARENA, TYPED
 * borrows from TEXT.  Linear in the length.  Only ERR_NOMEM. */
enum result tokens_read(
    struct text_view text, struct arena *arena, struct tokens *out) MUST_CHECK;

/* The accented keys with one space between them: what patterns see, and what
 * tokens_read() reads back unchanged. */
enum result tokens_join_accented(
    const struct tokens *tokens, struct buf *out) MUST_CHECK;
/* The same with the folded keys. */
enum result tokens_join_folded(
    const struct tokens *tokens, struct buf *out) MUST_CHECK;

/* Is FOLDED a possible Vietnamese syllable without its marks? */
bool syllable_valid(struct text_view folded);

#endif
