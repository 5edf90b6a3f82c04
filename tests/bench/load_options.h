/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_LOAD_OPTIONS_H
#define HOIDAP_BENCH_LOAD_OPTIONS_H

#include <getopt.h>

#include "text.h"

enum { LOAD_CLIENTS_MAX = 256 };

struct load_options {
	const char *faq_dir;
	const char *expected; /* body of every answer */
	uint64_t clients;
	uint64_t turns;
	uint64_t warm_up_ms;
	uint64_t measured_ms;
	uint64_t replies;
	bool endless; /* send the same turns again and again */
	bool mute;    /* a Graph API that never answers */
	char **command;
};

/* False for what cannot be understood. */
static inline bool
load_options_read(int argc, char **argv, struct load_options *out)
{
	static const struct option known[] = {
		{ "faq", required_argument, NULL, 'f' },
		{ "expect", required_argument, NULL, 'x' },
		{ "clients", required_argument, NULL, 'c' },
		{ "turns", required_argument, NULL, 't' },
		{ "warm-up-ms", required_argument, NULL, 'w' },
		{ "measured-ms", required_argument, NULL, 'm' },
		{ "replies", required_argument, NULL, 'r' },
		{ "endless", no_argument, NULL, 'e' },
		{ "mute", no_argument, NULL, 'd' },
		{ 0 },
	};
	enum result result = OK;
	int option;

	while (result == OK &&
	       (option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		struct text_view value = text_of(optarg);

		switch (option) {
		case 'f':
			out->faq_dir = optarg;
			break;
		case 'x':
			out->expected = optarg;
			break;
		case 'c':
			result = text_number(
			    value, 1, LOAD_CLIENTS_MAX, &out->clients);
			break;
		case 't':
			result = text_number(
			    value, LOAD_CLIENTS_MAX, 5000000, &out->turns);
			break;
		case 'w':
			result = text_number(value, 0, 60000, &out->warm_up_ms);
			break;
		case 'm':
			result =
			    text_number(value, 1, 60000, &out->measured_ms);
			break;
		case 'r':
			result = text_number(value, 1, 10000, &out->replies);
			break;
		case 'e':
			out->endless = true;
			break;
		case 'd':
			out->mute = true;
			break;
		default:
			return false;
		}
	}
	out->command = argv + optind;
	return result == OK && optind < argc;
}

#endif
