/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "words.h"

#include <stddef.h>

#include "field.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define AT(member) offsetof(struct faq_synonym, member)

static enum result
read_word(
    struct reader *reader, const struct node *node, struct faq_synonym *word)
{
	static const struct field fields[] = {
		{ "written", field_line, AT(written), 100, true },
		{ "means", field_phrases, AT(means), 10, true },
	};
	size_t mark = reader_enter(reader, "word %zu", node->place.index + 1);
	enum result result;

	result = reader_object(reader, node, fields, COUNT_OF(fields), word);
	if (result == OK && word->means.count == 0)
		result = reader_fail(reader, &node->place,
		    "\"means\" is empty: add a meaning or take the word out");
	reader_leave(reader, mark);
	return result;
}

static enum result
read_words(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq *faq = out;
	struct reader_places places;
	enum result result = reader_list(
	    reader, node, field->max, sizeof(*faq->lexicon), &places);

	if (result != OK)
		return result;
	faq->lexicon = places.at;
	faq->lexicon_count = places.count;
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);

		result = read_word(reader, &item, &faq->lexicon[i]);
	}
	return result;
}

enum result
words_read(struct reader *reader, const struct node *root)
{
	static const struct field fields[] = {
		{ "words", read_words, 0, 5000, true },
	};

	return reader_object(
	    reader, root, fields, COUNT_OF(fields), reader->faq);
}

enum result
words_read_off_topic(struct reader *reader, const struct node *root)
{
	static const struct field fields[] = {
		{ "messages", field_phrases, offsetof(struct faq, off_topic),
		    20000, true },
	};

	return reader_object(
	    reader, root, fields, COUNT_OF(fields), reader->faq);
}
