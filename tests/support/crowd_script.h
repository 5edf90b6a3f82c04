/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CROWD_SCRIPT_H
#define HOIDAP_TEST_CROWD_SCRIPT_H

#include "crowd.h"

/* Write the script of CROWD.citizens[INDEX], and let its model live through
 * it.  The same seed and index give the same script, whoever else is there. */
void crowd_script_write(struct crowd *crowd, size_t index);

/* The times of the rounds, and in which the server is started again. */
void crowd_script_rounds(struct crowd *crowd);

#endif
