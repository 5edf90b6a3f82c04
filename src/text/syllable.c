/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Is a folded word a possible Vietnamese syllable?  A syllable is an onset and
 * a rime; 27 onsets and 120 rimes give all skeletons of the dictionary and
 * few others.  It guards every guess about how a word was typed: Telex and
 * VNI left-overs, doubled letters, gibberish. */
#include "tokens.h"

#include <stdlib.h>
#include <string.h>

/* Longest first, so that the first match is the right one. */
static const char *const onsets[] = { "ngh", "ch", "gh", "gi", "kh", "ng", "nh",
	"ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n",
	"p", "r", "s", "t", "v", "x", "" };

/* In strcmp order. */
static const char *const rimes[] = { "a", "ac", "ach", "ai", "am", "an", "ang",
	"anh", "ao", "ap", "at", "au", "ay", "e", "ec", "ech", "em", "en",
	"eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem",
	"ien", "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu",
	"o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao",
	"oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on",
	"ong", "ooc", "oong", "op", "ot", "u", "ua", "uan", "uang", "uat",
	"uay", "uc", "ue", "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc",
	"uoi", "uom", "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu",
	"uy", "uya", "uych", "uyen", "uyet", "uyn", "uynh", "uyt", "uyu", "y",
	"yem", "yen", "yeng", "yet", "yeu", "ynh", "yt" };

enum {
	ONSET_COUNT = sizeof(onsets) / sizeof(onsets[0]),
	RIME_COUNT = sizeof(rimes) / sizeof(rimes[0]),
	RIME_MAX = 4,
};

static int
compare_rimes(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

static bool
is_rime(struct text_view text)
{
	char rime[RIME_MAX + 1];

	if (text_copy(rime, sizeof(rime), text) != OK)
		return false;
	return bsearch(rime, rimes, RIME_COUNT, sizeof(rimes[0]),
		   compare_rimes) != NULL;
}

bool
syllable_valid(struct text_view folded)
{
	if (text_is(folded, "gi"))
		return true;
	for (size_t i = 0; i < ONSET_COUNT; i++) {
		struct text_view onset = text_of(onsets[i]);

		if (text_starts(folded, onset) &&
		    is_rime(text_slice(folded, onset.len, folded.len)))
			return true;
	}
	return false;
}
