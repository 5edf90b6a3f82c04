/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "draft.h"
#include "render.h"
#include "utf8.h"

/* Any bytes as an entry that a curator sends.  Refused: each fault has a field,
 * a code and words.  Accepted: it is written again as the same entry. */

static struct faq *
base_with_a(struct faq_entry *entry, struct faq_variable *variable)
{
	struct faq *base = faq_new();

	assert(base != NULL);
	*entry = (struct faq_entry){ .id = TEXT("a"), .file = "" };
	*variable = (struct faq_variable){ .name = TEXT("hotline"),
		.value = TEXT("1022") };
	base->entries = entry;
	base->entry_count = 1;
	base->variables = variable;
	base->variable_count = 1;
	return base;
}

static void
check_faults(const struct draft *draft)
{
	assert(draft->fault_count <= DRAFT_FAULTS_MAX);
	for (size_t i = 0; i < draft->fault_count; i++) {
		assert(draft->faults[i].code[0] != '\0');
		assert(draft->faults[i].text[0] != '\0');
	}
}

static void
check_entry(const struct faq *base, const struct faq_entry *entry)
{
	struct draft *again = NULL;
	struct buf first;
	struct buf second;

	buf_init(&first, 16 << 20);
	buf_init(&second, 16 << 20);
	assert(render_entry(entry, &first) == OK);
	assert(draft_read(base, buf_view(&first), &again) == OK);
	assert(again->entry != NULL);
	assert(render_entry(again->entry, &second) == OK);
	assert(text_equal(buf_view(&first), buf_view(&second)));
	draft_free(again);
	buf_fini(&first);
	buf_fini(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view json = { (const char *)data, size };
	struct faq_variable variable;
	struct faq_entry entry;
	struct faq *base = base_with_a(&entry, &variable);
	struct draft *draft = NULL;

	assert(draft_read(base, json, &draft) == OK);
	assert((draft->entry == NULL) == (draft->fault_count > 0));
	check_faults(draft);
	if (draft->entry != NULL)
		check_entry(base, draft->entry);
	draft_free(draft);
	faq_free(base);
	return 0;
}
