/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_WORDS_H
#define HOIDAP_FAQ_WORDS_H

#include "reader.h"

/* Read lexicon.json, abbreviations and other words of citizens. */
enum result words_read(
    struct reader *reader, const struct node *root) MUST_CHECK;

/* Read off-topic.json, messages that must not be answered. */
enum result words_read_off_topic(
    struct reader *reader, const struct node *root) MUST_CHECK;

#endif
