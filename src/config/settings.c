/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Standards, then the file, then the environment: each source only calls
 * assign(), so a name means the same wherever it is written.  Everything is
 * read into a new struct, so a bad source changes nothing. */
#include "settings.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "settings_parts.h"
#include "utf8.h"

enum {
	SETTINGS_MAX_BYTES = 1048576,
	VALUE_MAX_BYTES = 8192,
	ACCOUNTS_MAX = 64,
};

enum setting_kind { KIND_TEXT, KIND_UINT };

struct setting {
	const char *name;
	enum setting_kind kind;
	size_t offset;
	const char *text;
	uint64_t number;
	uint64_t min;
	uint64_t max;
	const char *help;
};

static const struct setting table[] = {
#define SETTING_TEXT(name, standard, help)                                     \
	{ #name, KIND_TEXT, offsetof(struct settings, name), standard, 0, 0,   \
		0, help },
#define SETTING_UINT(name, standard, min, max, help)                           \
	{ #name, KIND_UINT, offsetof(struct settings, name), NULL, standard,   \
		min, max, help },
#include "settings_table.h"
#undef SETTING_TEXT
#undef SETTING_UINT
};

struct account_setting {
	const char *channel;
	const char *key;
	size_t offset;
	bool secret;
	const char *standard;
	const char *help;
};

static const struct account_setting account_table[] = {
#define ACCOUNT_SETTING(channel, key, member, secret, standard, help)          \
	{ #channel, #key, offsetof(struct account, member), secret, standard,  \
		help },
#include "account_table.h"
#undef ACCOUNT_SETTING
};

enum {
	SETTING_COUNT = sizeof(table) / sizeof(table[0]),
	ACCOUNT_SETTING_COUNT =
	    sizeof(account_table) / sizeof(account_table[0]),
};

static const char **
text_member(void *base, size_t offset)
{
	return (const char **)(void *)((char *)base + offset);
}

static uint64_t *
number_member(struct settings *settings, size_t offset)
{
	return (uint64_t *)(void *)((char *)settings + offset);
}

static enum result
set_text(struct settings *settings, const char **member, struct text_view value)
{
	const char *copy = arena_string(&settings->arena, value);

	if (copy == NULL)
		return ERR_NOMEM;
	*member = copy;
	return OK;
}

static enum result
set_number(struct settings *settings, const struct setting *setting,
    struct text_view value, const struct settings_place *place)
{
	uint64_t number;

	if (text_number(value, setting->min, setting->max, &number) != OK) {
		complain(place->why, place->file, place->line,
		    "%s is not a whole number from %" PRIu64 " to %" PRIu64
		    "; write one, such as %" PRIu64,
		    setting->name, setting->min, setting->max, setting->number);
		return ERR_INVALID;
	}
	*number_member(settings, setting->offset) = number;
	return OK;
}

/* The account CHANNEL NAME, made with its standards when it is new. */
static enum result
account_of(struct settings *settings, struct text_view channel,
    struct text_view name, struct account **account_out)
{
	struct account *account;
	const char *copy;

	for (size_t i = 0; i < settings->account_count; i++) {
		account = &settings->accounts[i];
		if (text_is(channel, account->channel->name) &&
		    text_is(name, account->name)) {
			*account_out = account;
			return OK;
		}
	}
	if (settings->account_count == ACCOUNTS_MAX)
		return ERR_TOO_LARGE;
	copy = arena_string(&settings->arena, name);
	if (copy == NULL)
		return ERR_NOMEM;
	account = &settings->accounts[settings->account_count];
	*account = (struct account){ channel_named(channel), copy, "", "", "",
		"", "", "", "", "", "" };
	for (size_t i = 0; i < ACCOUNT_SETTING_COUNT; i++)
		if (text_is(channel, account_table[i].channel))
			*text_member(account, account_table[i].offset) =
			    account_table[i].standard;
	settings->account_count++;
	*account_out = account;
	return OK;
}

static enum result
set_account(struct settings *settings, const struct account_setting *row,
    struct text_view account_name, struct text_view value,
    const struct settings_place *place)
{
	struct account *account;
	enum result result =
	    account_of(settings, text_of(row->channel), account_name, &account);

	if (result == ERR_TOO_LARGE)
		complain(place->why, place->file, place->line,
		    "more than %d pages and OAs; run a second hoidap for them",
		    ACCOUNTS_MAX);
	if (result != OK)
		return result;
	return set_text(settings, text_member(account, row->offset), value);
}

static bool
name_is(struct text_view name, const char *wanted)
{
	return name.len == strlen(wanted) &&
	       strncasecmp(name.at, wanted, name.len) == 0;
}

/* "messenger_page_id" for the row (messenger, page_id). */
static bool
name_is_default_account(
    struct text_view name, const struct account_setting *row)
{
	size_t prefix = strlen(row->channel);

	return name.len > prefix + 1 && name.at[prefix] == '_' &&
	       strncasecmp(name.at, row->channel, prefix) == 0 &&
	       name_is(text_slice(name, prefix + 1, name.len), row->key);
}

static enum result
assign_general(struct settings *settings, struct text_view name,
    struct text_view value, const struct settings_place *place)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (!name_is(name, table[i].name))
			continue;
		if (table[i].kind == KIND_UINT)
			return set_number(settings, &table[i], value, place);
		return set_text(
		    settings, text_member(settings, table[i].offset), value);
	}
	for (size_t i = 0; i < ACCOUNT_SETTING_COUNT; i++)
		if (name_is_default_account(name, &account_table[i]))
			return set_account(settings, &account_table[i],
			    TEXT("default"), value, place);
	return ERR_NOT_FOUND;
}

/* SECTION is "messenger second-page". */
static enum result
assign_in_section(struct settings *settings, struct text_view section,
    struct text_view name, struct text_view value,
    const struct settings_place *place)
{
	struct text_view account = section;
	struct text_view channel;

	if (!text_split(&account, ' ', &channel) || text_trim(account).len == 0)
		return ERR_NOT_FOUND;
	for (size_t i = 0; i < ACCOUNT_SETTING_COUNT; i++)
		if (text_is(channel, account_table[i].channel) &&
		    name_is(name, account_table[i].key))
			return set_account(settings, &account_table[i],
			    text_trim(account), value, place);
	return ERR_NOT_FOUND;
}

static enum result
assign_value(struct settings *settings, struct text_view section,
    struct text_view name, struct text_view value,
    const struct settings_place *place)
{
	if (value.len > VALUE_MAX_BYTES || !utf8_valid(value) ||
	    memchr(value.at, '\0', value.len) != NULL) {
		complain(place->why, place->file, place->line,
		    "the value of %.*s is longer than %d bytes or not UTF-8",
		    TEXT_ARGS(name), VALUE_MAX_BYTES);
		return ERR_INVALID;
	}
	if (section.len > 0)
		return assign_in_section(settings, section, name, value, place);
	return assign_general(settings, name, value, place);
}

static enum result
assign_from_file(struct settings *settings, struct text_view section,
    struct text_view name, struct text_view path,
    const struct settings_place *place)
{
	struct buf content;
	char *path_string = text_dup(path);
	enum result result = path_string == NULL ? ERR_NOMEM : OK;

	buf_init(&content, VALUE_MAX_BYTES);
	if (result == OK)
		result = settings_read_file(path_string, &content);
	if (result == OK)
		result = assign_value(settings, section, name,
		    text_trim(buf_view(&content)), place);
	else if (result != ERR_NOMEM) {
		complain(place->why, place->file, place->line,
		    "cannot read \"%.*s\" for %.*s: it must be a readable file "
		    "of at most %d bytes",
		    TEXT_ARGS(path), TEXT_ARGS(name), VALUE_MAX_BYTES);
		result = ERR_INVALID;
	}
	buf_fini(&content);
	free(path_string);
	return result;
}

enum result
settings_assign(struct settings *settings, struct text_view section,
    struct text_view name, struct text_view value,
    const struct settings_place *place)
{
	static const char suffix[] = "_file";
	size_t suffix_len = sizeof(suffix) - 1;
	enum result result =
	    assign_value(settings, section, name, value, place);

	if (result == ERR_NOT_FOUND && name.len > suffix_len &&
	    name_is(text_slice(name, name.len - suffix_len, name.len), suffix))
		result = assign_from_file(settings, section,
		    text_slice(name, 0, name.len - suffix_len), value, place);
	if (result == ERR_NOT_FOUND) {
		complain(place->why, place->file, place->line,
		    "there is no setting \"%.*s\"%s%.*s%s; `hoidap config "
		    "print --example` lists them",
		    TEXT_ARGS(name), section.len > 0 ? " in [" : "",
		    TEXT_ARGS(section), section.len > 0 ? "]" : "");
		return ERR_INVALID;
	}
	return result;
}

static enum result
with_standards(struct settings **settings_out)
{
	struct settings *settings = calloc(1, sizeof(*settings));

	if (settings == NULL)
		return ERR_NOMEM;
	arena_init(&settings->arena, SETTINGS_MAX_BYTES);
	settings->accounts =
	    arena_alloc(&settings->arena, ACCOUNTS_MAX, sizeof(struct account));
	if (settings->accounts == NULL) {
		settings_free(settings);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (table[i].kind == KIND_UINT)
			*number_member(settings, table[i].offset) =
			    table[i].number;
		else
			*text_member(settings, table[i].offset) = table[i].text;
	}
	*settings_out = settings;
	return OK;
}

enum result
settings_load(const char *path, char *const *environment,
    struct settings **settings_out, struct complaint *why)
{
	struct settings *settings = NULL;
	enum result result = with_standards(&settings);

	if (result == OK && path != NULL)
		result = settings_read_ini(settings, path, why);
	if (result == OK)
		result = settings_read_environment(settings, environment, why);
	if (result == OK)
		result = settings_check(settings, path, why);
	if (result == OK) {
		*settings_out = settings;
		settings = NULL; /* handed over */
	}
	settings_free(settings);
	return result;
}

void
settings_free(struct settings *settings)
{
	if (settings == NULL)
		return;
	arena_fini(&settings->arena);
	free(settings);
}

void
settings_print(const struct settings *settings, FILE *out)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const char *at = (const char *)settings + table[i].offset;

		if (table[i].kind == KIND_UINT)
			fprintf(out, "%s = %" PRIu64 "\n", table[i].name,
			    *(const uint64_t *)(const void *)at);
		else
			fprintf(out, "%s = %s\n", table[i].name,
			    *(const char *const *)(const void *)at);
	}
	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];

		fprintf(
		    out, "\n[%s %s]\n", account->channel->name, account->name);
		for (size_t j = 0; j < ACCOUNT_SETTING_COUNT; j++) {
			const struct account_setting *row = &account_table[j];
			const char *value =
			    *(const char *const *)(const void *)((const char *)
								     account +
								 row->offset);

			if (strcmp(row->channel, account->channel->name) == 0)
				fprintf(out, "%s = %s\n", row->key,
				    row->secret && value[0] != '\0' ? "(set)"
								    : value);
		}
	}
}

void
settings_print_example(FILE *out)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		fprintf(out, "; %s\n", table[i].help);
		if (table[i].kind == KIND_UINT)
			fprintf(out,
			    "; from %" PRIu64 " to %" PRIu64 "\n;%s = %" PRIu64
			    "\n",
			    table[i].min, table[i].max, table[i].name,
			    table[i].number);
		else
			fprintf(
			    out, ";%s = %s\n", table[i].name, table[i].text);
	}
	for (size_t i = 0; i < ACCOUNT_SETTING_COUNT; i++) {
		const struct account_setting *row = &account_table[i];

		if (i == 0 ||
		    strcmp(row->channel, account_table[i - 1].channel) != 0)
			fprintf(out, "\n;[%s default]\n", row->channel);
		fprintf(out, "; %s\n;%s = %s\n", row->help, row->key,
		    row->standard);
	}
}
