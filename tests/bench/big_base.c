/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Writes an FAQ base of any size, to measure with:
 *
 *	big_base DIR ENTRIES [PHRASINGS]
 *
 * Each entry is about a thing that has a name of three syllables, asked for in
 * PHRASINGS (20) ways: a frame of common words around the thing, so that words
 * are as unevenly spread as in a real base.  The same arguments give the same
 * files, and nothing in them means anything. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ENTRIES_IN_FILE = 200, ENTRIES_MAX = 20000, PHRASINGS_MAX = 200 };

static const char *const onsets[] = { "b", "c", "ch", "d", "g", "h", "kh", "l",
	"m", "n", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x" };
static const char *const rimes[] = { "a", "ai", "an", "ang", "anh", "ao", "âm",
	"ât", "ăn", "ăng", "e", "en", "ên", "i", "in", "iên", "o", "oan", "ông",
	"ôi", "ơn", "u", "ung", "uân", "ươi", "ương", "ưu", "y" };

/* %s is the thing. */
static const char *const frames[] = { "làm %s ở đâu", "làm %s thế nào",
	"làm %s cần giấy tờ gì", "phí làm %s bao nhiêu", "%s bao lâu thì có",
	"tôi muốn làm %s thì phải làm sao", "cho hỏi %s với ạ", "lam %s o dau",
	"xin %s giùm người thân được không", "%s là gì", "thủ tục %s",
	"đăng ký %s trực tuyến", "%s nộp qua mạng được không", "ai được làm %s",
	"mất %s thì làm lại sao", "hướng dẫn em %s", "giúp tui %s nha",
	"nhà tôi chưa có %s thì sao", "hồ sơ %s gồm gì",
	"đổi %s có phải đóng tiền không" };

enum {
	ONSETS = sizeof(onsets) / sizeof(onsets[0]),
	RIMES = sizeof(rimes) / sizeof(rimes[0]),
	FRAMES = sizeof(frames) / sizeof(frames[0]),
	SYLLABLES = ONSETS * RIMES,
};

/* Near syllables are common, far ones rare. */
static unsigned
pick(uint64_t *dice)
{
	uint64_t roll;

	*dice = *dice * 6364136223846793005U + 1442695040888963407U;
	roll = *dice >> 33;
	return (unsigned)(roll % (1 + roll / 7 % SYLLABLES));
}

static void
name_thing(unsigned number, char *out, size_t size)
{
	uint64_t dice = number;
	size_t len = 0;

	(void)pick(&dice);
	for (int i = 0; i < 3; i++) {
		unsigned syllable = pick(&dice);

		len += (size_t)snprintf(out + len, size - len, "%s%s%s",
		    i == 0 ? "" : " ", onsets[syllable % ONSETS],
		    rimes[syllable / ONSETS]);
	}
}

static void
write_phrasing(FILE *out, unsigned frame, const char *thing)
{
	const char *text = frames[frame % FRAMES];
	const char *hole = strstr(text, "%s");

	fprintf(out, "\"%.*s%s%s", (int)(hole - text), text, thing, hole + 2);
	if (frame >= FRAMES)
		fprintf(out, " lần %u", 1 + frame / FRAMES);
	fprintf(out, "\"");
}

static void
write_entry(FILE *out, unsigned number, unsigned phrasings)
{
	char thing[64];

	name_thing(number, thing, sizeof(thing));
	fprintf(out,
	    "{ \"id\": \"viec-%u\",\n  \"question\": \"Việc %s số %u "
	    "làm thế nào?\",\n  \"asked_as\": [\n",
	    number, thing, number);
	for (unsigned i = 0; i < phrasings; i++) {
		fprintf(out, "    ");
		write_phrasing(out, i, thing);
		fprintf(out, "%s\n", i + 1 < phrasings ? "," : "");
	}
	fprintf(out,
	    "  ],\n  \"keywords\": [\"%s số %u\"],\n  \"answer\": \"Việc %s "
	    "làm tại trung tâm của phường.\",\n  \"sources\": [{ \"title\": "
	    "\"Không có thật\", \"dated\": \"2026-01-01\" }],\n  \"owner\": "
	    "\"Phường\", \"reviewed\": \"2026-11-24\" }",
	    thing, number, thing);
}

static int
write_file(const char *dir, unsigned first, unsigned end, unsigned phrasings)
{
	char path[4096];
	FILE *out;

	if (snprintf(path, sizeof(path), "%s/topic-%05u.json", dir, first) >=
	    (int)sizeof(path))
		return -1;
	out = fopen(path, "w");
	if (out == NULL)
		return -1;
	fprintf(out,
	    "{ \"topic\": \"t%u\", \"title\": \"T%u\", \"entries\": [\n", first,
	    first);
	for (unsigned i = first; i < end; i++) {
		write_entry(out, i, phrasings);
		fprintf(out, "%s\n", i + 1 < end ? "," : "");
	}
	fprintf(out, "] }\n");
	return fclose(out);
}

int
main(int argc, char **argv)
{
	unsigned long entries = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
	unsigned long phrasings = argc > 3 ? strtoul(argv[3], NULL, 10) : 20;

	if (entries == 0 || entries > ENTRIES_MAX || phrasings == 0 ||
	    phrasings > PHRASINGS_MAX) {
		fprintf(stderr, "usage: big_base DIR ENTRIES [PHRASINGS]\n");
		return 2;
	}
	if (mkdir(argv[1], 0777) != 0 && errno != EEXIST) {
		perror(argv[1]);
		return 1;
	}
	for (unsigned i = 0; i < entries; i += ENTRIES_IN_FILE) {
		unsigned end = i + ENTRIES_IN_FILE;

		if (end > entries)
			end = (unsigned)entries;
		if (write_file(argv[1], i, end, (unsigned)phrasings) != 0) {
			perror(argv[1]);
			return 1;
		}
	}
	return 0;
}
