/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A message to whole words.
 *
 * Words are cut on the message as typed and normalised one by one, so that
 * every token knows where it stood: explanations show a citizen's own
 * spelling.  Spaces split syllables, not words, in Vietnamese; that costs
 * nothing here, since the matcher looks at neighbours too. */
#include "tokens.h"
#include "normalise.h"
#include "telex.h"
#include "utf8.h"

#include <string.h>

struct reader {
	struct text_view text;
	size_t pos;
	struct arena *arena;
	struct tokens tokens;
};

static const char *const domain_ends[] = { "vn", "com", "net", "org", "gov",
	"edu", "info", "io", "top", "xyz", "me", "app", "cc" };

static bool
is_ascii_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool
is_host_byte(char byte)
{
	return is_ascii_digit(byte) || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-';
}

static bool
is_domain_end(struct text_view label)
{
	for (size_t i = 0; i < sizeof(domain_ends) / sizeof(domain_ends[0]);
	     i++) {
		if (label.len == strlen(domain_ends[i]) &&
		    strncasecmp(label.at, domain_ends[i], label.len) == 0)
			return true;
	}
	return false;
}

static bool
is_path_start(char byte)
{
	return byte == '/' || byte == '?' || byte == '#' || byte == ':';
}

static char
lower(char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		return (char)(byte - 'A' + 'a');
	return byte;
}

/* Length of the host name that TEXT starts with, 0 when it is none. */
static size_t
host_length(struct text_view text)
{
	size_t len = 0;
	size_t last_dot = 0;

	while (len < text.len && is_host_byte(text.at[len]))
		len++;
	while (len > 0 && (text.at[len - 1] == '.' || text.at[len - 1] == '-'))
		len--;
	for (size_t i = 1; i < len; i++) {
		if (text.at[i] == '.' && text.at[i - 1] != '.')
			last_dot = i;
	}
	if (last_dot == 0 || text.at[0] == '.' || text.at[0] == '-' ||
	    !is_domain_end(text_slice(text, last_dot + 1, len)))
		return 0;
	return len;
}

static size_t
prefix_length(struct text_view text, const char *prefix)
{
	size_t len = strlen(prefix);

	if (text.len < len || strncasecmp(text.at, prefix, len) != 0)
		return 0;
	return len;
}

static struct token *
add_token(struct reader *reader, size_t from, enum token_kind kind)
{
	struct token *token = &reader->tokens.at[reader->tokens.count++];

	*token = (struct token){
		.typed = text_slice(reader->text, from, reader->pos),
		.kind = kind,
	};
	return token;
}

static enum result
add_url(struct reader *reader, size_t from, struct text_view host)
{
	char bytes[TOKENS_BYTES_MAX];
	struct token *token = add_token(reader, from, TOKEN_URL);

	for (size_t i = 0; i < host.len; i++)
		bytes[i] = lower(host.at[i]);
	token->folded = (struct text_view){ bytes, host.len };
	return arena_text(reader->arena, token->folded, &token->folded) == OK &&
		       arena_text(
			   reader->arena, token->folded, &token->accented) == OK
		   ? OK
		   : ERR_NOMEM;
}

/* An address is one token; its path is not words.  *TAKEN_OUT tells whether
 * there was one. */
static enum result
read_url(struct reader *reader, bool *taken_out)
{
	struct text_view rest =
	    text_slice(reader->text, reader->pos, reader->text.len);
	size_t skipped = prefix_length(rest, "https://");
	struct text_view host;
	size_t from = reader->pos;

	if (skipped == 0)
		skipped = prefix_length(rest, "http://");
	while (prefix_length(text_slice(rest, skipped, rest.len), "www.") > 0)
		skipped += strlen("www.");
	host = text_slice(rest, skipped, rest.len);
	host = text_slice(host, 0, host_length(host));
	*taken_out = host.len > 0;
	if (host.len == 0)
		return OK;
	reader->pos += skipped + host.len;
	if (reader->pos < reader->text.len &&
	    is_path_start(reader->text.at[reader->pos])) {
		while (reader->pos < reader->text.len &&
		       (unsigned char)reader->text.at[reader->pos] > ' ')
			reader->pos++;
	}
	return add_url(reader, from, host);
}

/* "1.000", "2,5": a point between digits belongs to the number. */
static bool
joins_digits(const struct reader *reader)
{
	const char *at = reader->text.at + reader->pos;

	return reader->pos > 0 && reader->pos + 1 < reader->text.len &&
	       (*at == '.' || *at == ',') && is_ascii_digit(at[-1]) &&
	       is_ascii_digit(at[1]);
}

/* Move to the end of the word that starts at POS. */
static void
skip_word(struct reader *reader)
{
	size_t code_points = 0;

	while (reader->pos < reader->text.len &&
	       code_points++ < WORD_CODE_POINTS_MAX) {
		size_t next = reader->pos;
		enum char_class class =
		    char_class(utf8_next(reader->text, &next));

		if (class != CHAR_WORD && class != CHAR_MARK &&
		    class != CHAR_IGNORE && !joins_digits(reader))
			return;
		reader->pos = next;
	}
}

static enum token_kind
kind_of(const int32_t *word, size_t count)
{
	size_t digits = 0;

	for (size_t i = 0; i < count; i++)
		digits += word[i] >= '0' && word[i] <= '9' ? 1 : 0;
	if (digits == count)
		return TOKEN_NUMBER;
	return digits > 0 ? TOKEN_CODE : TOKEN_WORD;
}

/* Give TOKEN its keys. */
static enum result
set_keys(struct reader *reader, struct token *token, const int32_t *word,
    size_t count)
{
	char bytes[NORMAL_BYTES_MAX];
	struct text_view view = { bytes, 0 };

	for (size_t i = 0; i < count; i++)
		view.len += utf8_put((uint32_t)word[i], bytes + view.len);
	if (arena_text(reader->arena, view, &token->accented) != OK)
		return ERR_NOMEM;
	for (size_t i = 0; i < count; i++)
		token->marked =
		    token->marked || fold_letter(word[i]) != word[i];
	reader->tokens.marked = reader->tokens.marked || token->marked;
	view.len = fold_word(word, count, bytes);
	if (arena_text(reader->arena, view, &token->folded) != OK)
		return ERR_NOMEM;
	view.len = token->marked ? 0 : telex_skeleton(token->folded, bytes);
	return arena_text(reader->arena, view, &token->skeleton);
}

/* "mức2" is two words; "ct01" and "500k" are one.  Gives the length of the
 * syllable before the digits, or COUNT. */
static size_t
syllable_before_digits(const int32_t *word, size_t count)
{
	char folded[NORMAL_BYTES_MAX];
	size_t letters = 0;

	while (letters < count && (word[letters] < '0' || word[letters] > '9'))
		letters++;
	if (letters < 3 || letters == count || count - letters > 2 ||
	    kind_of(word + letters, count - letters) != TOKEN_NUMBER)
		return count;
	if (!syllable_valid(
		(struct text_view){ folded, fold_word(word, letters, folded) }))
		return count;
	return letters;
}

static enum result
read_word(struct reader *reader)
{
	int32_t word[NORMAL_CODE_POINTS_MAX];
	size_t from = reader->pos;
	size_t count;
	size_t first;
	size_t kept;
	enum result result;

	skip_word(reader);
	count =
	    normalise_word(text_slice(reader->text, from, reader->pos), word);
	if (count == 0)
		return OK;
	first = syllable_before_digits(word, count);
	kept = normalise_end(word, first);
	result = set_keys(
	    reader, add_token(reader, from, kind_of(word, kept)), word, kept);
	if (result == OK && first < count && reader->tokens.count < TOKENS_MAX)
		result = set_keys(reader, add_token(reader, from, TOKEN_NUMBER),
		    word + first, count - first);
	return result;
}

static void
read_emoji(struct reader *reader)
{
	size_t from = reader->pos;

	while (reader->pos < reader->text.len) {
		size_t next = reader->pos;
		enum char_class class =
		    char_class(utf8_next(reader->text, &next));

		if (class != CHAR_EMOJI && class != CHAR_IGNORE)
			break;
		reader->pos = next;
	}
	(void)add_token(reader, from, TOKEN_EMOJI);
}

static enum result
read_one(struct reader *reader)
{
	size_t next = reader->pos;
	bool taken = false;
	enum result result;

	switch (char_class(utf8_next(reader->text, &next))) {
	case CHAR_WORD:
		result = read_url(reader, &taken);
		return taken || result != OK ? result : read_word(reader);
	case CHAR_EMOJI:
		read_emoji(reader);
		return OK;
	case CHAR_SPACE:
	case CHAR_MARK:
	case CHAR_IGNORE:
		reader->pos = next;
		return OK;
	}
	return OK;
}

static struct text_view
bounded(struct text_view text)
{
	size_t len = TOKENS_BYTES_MAX;

	if (text.len <= len)
		return text;
	while (len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80)
		len--;
	return text_slice(text, 0, len);
}

enum result
tokens_read(struct text_view text, struct arena *arena, struct tokens *out)
{
	struct reader reader = { .text = bounded(text), .arena = arena };
	size_t most =
	    reader.text.len < TOKENS_MAX ? reader.text.len : TOKENS_MAX;

	reader.tokens.at =
	    arena_alloc(arena, most + 1, sizeof(*reader.tokens.at));
	if (reader.tokens.at == NULL)
		return ERR_NOMEM;
	while (reader.pos < reader.text.len && reader.tokens.count < most) {
		enum result result = read_one(&reader);

		if (result != OK)
			return result;
	}
	*out = reader.tokens;
	return OK;
}

static enum result
join(const struct tokens *tokens, bool folded, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->at[i];
		enum result result = OK;

		if (token->kind == TOKEN_EMOJI)
			continue;
		if (!first)
			result = buf_add_char(out, ' ');
		first = false;
		if (result == OK)
			result = buf_add(
			    out, folded ? token->folded : token->accented);
		if (result != OK)
			return result;
	}
	return OK;
}

enum result
tokens_join_accented(const struct tokens *tokens, struct buf *out)
{
	return join(tokens, false, out);
}

enum result
tokens_join_folded(const struct tokens *tokens, struct buf *out)
{
	return join(tokens, true, out);
}
