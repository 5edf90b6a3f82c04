/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_VERSION_H
#define HOIDAP_FAQ_VERSION_H

#include "faq.h"

/* A hash of all that a base says, in 16 hex digits: the same on every machine
 * for the same content, whatever the layout or the names of its files. */
void version_of(const struct faq *faq, char out[17]);

#endif
