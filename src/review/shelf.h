/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_SHELF_H
#define HOIDAP_REVIEW_SHELF_H

#include "likeness.h"
#include "review.h"

/* The groups and their exemplars, indexed by term. */

struct exemplar {
	uint64_t question;
	uint32_t *numbers; /* of its terms, rising */
	uint32_t count;
	uint32_t group;
	bool marked; /* typed with accents */
	uint64_t nearest;
	double confidence;
};

struct shelf_group {
	uint64_t id; /* 0: free */
	uint32_t exemplars[REVIEW_EXEMPLARS_MAX];
	uint32_t count;
};

struct shelf {
	struct postings postings;
	struct map group_numbers;
	struct shelf_group *groups;
	uint32_t group_count; /* slots in use or free again */
	uint32_t group_room;
	uint32_t *free_groups;
	uint32_t free_group_count;
	struct exemplar *exemplars;
	uint32_t exemplar_count;
	uint32_t exemplar_room;
	uint32_t *free_exemplars;
	uint32_t free_exemplar_count;
	size_t live_exemplars;
};

/* Zeroed is empty. */
void shelf_fini(struct shelf *shelf);

/* The slot of a group, or MAP_NONE. */
uint32_t shelf_group_of(const struct shelf *shelf, uint64_t id);
/* The same, made when there is none.  ERR_NOMEM. */
enum result shelf_make_group(
    struct shelf *shelf, uint64_t id, uint32_t *group_out) MUST_CHECK;
size_t shelf_group_total(const struct shelf *shelf);
void shelf_forget(struct shelf *shelf, uint32_t group);

/* Take a copy of EXEMPLAR into its group, which has room.  ERR_NOMEM. */
enum result shelf_add(
    struct shelf *shelf, const struct exemplar *exemplar) MUST_CHECK;

/* How much two of its exemplars are alike. */
double shelf_likeness(const struct shelf *shelf, const struct exemplar *a,
    const struct exemplar *b);

#endif
