/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_FIGURES_H
#define HOIDAP_STORE_BACKEND_FIGURES_H

#include "store_figures.h"

struct backend;

/* What include/store_figures.h asks of a database; periods have been
 * checked. */
struct backend_figures {
	/* ---- on the writer's thread only ---- */

	enum result (*grade)(struct backend *backend, uint64_t question,
	    enum grade grade, const struct audit_line *line);

	/* ---- on any thread ---- */

	enum result (*figures)(struct backend *backend,
	    const struct figures_period *period, struct arena *arena,
	    struct figures *out);
	enum result (*groups)(struct backend *backend,
	    const struct figures_period *period, size_t max,
	    struct arena *arena, struct figures_group **groups_out,
	    size_t *count_out);
	enum result (*waiting)(struct backend *backend,
	    const struct figures_period *period, size_t max,
	    struct arena *arena, uint64_t **questions_out, size_t *count_out);
	enum result (*sample)(struct backend *backend,
	    const struct grade_draw *draw, struct arena *arena,
	    struct grade_sample *out);
	enum result (*grades)(struct backend *backend,
	    const struct figures_period *period, uint64_t out[GRADES]);
};

#endif
