/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include "address.h"
#include "expand.h"
#include "quote.h"
#include "utf8.h"

/* faq_answer() leaves a button out that leads nowhere.  No citizen is misled
 * by it, but the curator wanted a button there. */

enum { TITLE_MAX_CHARS = 20 }; /* Messenger cuts what is longer */

static enum result
check_link(const struct check *check, const struct finding_spot *spot,
    const struct faq_button *button)
{
	enum result result;
	struct buf url;

	buf_init(&url, EXPAND_MAX_BYTES);
	result = expand_text(check->faq, button->url, check->today, &url);
	if (result == OK && !address_secure(buf_view(&url)))
		result = findings_add(check->findings, FINDING_DEAD_BUTTON,
		    spot,
		    "button \"%s\" opens \"%s\" today, which is no https:// "
		    "address",
		    quote(button->title).text, quote(buf_view(&url)).text);
	buf_fini(&url);
	return result;
}

static enum result
check_target(const struct check *check, const struct finding_spot *spot,
    const struct faq_button *button)
{
	const struct faq_entry *target = faq_find(check->faq, button->entry);

	if (target == spot->entry)
		return findings_add(check->findings, FINDING_DEAD_BUTTON, spot,
		    "button \"%s\" leads to the entry that it stands in",
		    quote(button->title).text);
	if (target != NULL && faq_entry_live(target, check->today))
		return OK;
	return findings_add(check->findings, FINDING_DEAD_BUTTON, spot,
	    "button \"%s\" leads to \"%s\", which is not in use today",
	    quote(button->title).text, quote(button->entry).text);
}

static enum result
check_button(const struct check *check, const struct finding_spot *spot,
    const struct faq_button *button)
{
	size_t chars = utf8_length(button->title);
	enum result result = OK;

	if (chars > TITLE_MAX_CHARS)
		result = findings_add(check->findings, FINDING_LONG_TITLE, spot,
		    "button \"%s\" has %zu characters, more than %d",
		    quote(button->title).text, chars, TITLE_MAX_CHARS);
	if (result != OK)
		return result;
	return button->url.len > 0 ? check_link(check, spot, button)
				   : check_target(check, spot, button);
}

static enum result
check_entry(const struct check *check, const struct faq_entry *entry)
{
	enum result result = OK;

	for (size_t i = 0; i < entry->button_count && result == OK; i++) {
		const struct finding_spot spot = { entry, "buttons", i };

		result = check_button(check, &spot, &entry->buttons[i]);
	}
	for (size_t i = 0; i < entry->related.count && result == OK; i++) {
		const struct finding_spot spot = { entry, "related", i };
		const struct faq_entry *target =
		    faq_find(check->faq, entry->related.at[i]);

		if (target == NULL || !faq_entry_live(target, check->today))
			result = findings_add(check->findings,
			    FINDING_DEAD_RELATED, &spot,
			    "the related entry \"%s\" is not in use today",
			    quote(entry->related.at[i]).text);
	}
	return result;
}

enum result
check_buttons(const struct check *check)
{
	const struct faq *faq = check->faq;
	enum result result = OK;

	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		if (check_concerns(&faq->entries[i]))
			result = check_entry(check, &faq->entries[i]);
	}
	return result;
}
