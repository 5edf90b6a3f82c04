/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "address.h"

#include <string.h>

bool
address_clean(struct text_view text)
{
	static const char breaking[] = "\"<>\\^`";

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i];

		if (byte <= ' ' || byte == 0x7F ||
		    memchr(breaking, byte, sizeof(breaking) - 1) != NULL)
			return false;
	}
	return true;
}

static bool
begins(struct text_view text, struct text_view scheme)
{
	return text.len > scheme.len && text_starts(text, scheme) &&
	       address_clean(text);
}

bool
address_secure(struct text_view text)
{
	return begins(text, TEXT("https://"));
}

bool
address_of_web(struct text_view text)
{
	return address_secure(text) || begins(text, TEXT("http://"));
}
