/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "form.h"

#include <string.h>

static bool
is_unreserved(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') ||
	       (byte != '\0' && strchr("-._~", byte) != NULL);
}

static enum result
add_encoded(struct buf *form, struct text_view value)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < value.len; i++) {
		char byte = value.at[i];

		if (is_unreserved(byte))
			result = buf_add_char(form, byte);
		else
			result = buf_printf(
			    form, "%%%02X", (unsigned)(unsigned char)byte);
	}
	return result;
}

enum result
zalo_form_add(struct buf *form, const char *name, struct text_view value)
{
	bool first = form->len == 0 || form->at[form->len - 1] == '?';
	enum result result = buf_printf(form, "%s%s=", first ? "" : "&", name);

	return result == OK ? add_encoded(form, value) : result;
}
