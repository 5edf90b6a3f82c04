/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_PAGE_H
#define SIMULATOR_PAGE_H

#include "room.h"

/* The demo's page, from web/.  CONTEXT is the simulator. */
struct http_answer sim_page_file(void *context, struct http_request *request);
/* GET /demo/config: what the page must know. */
struct http_answer sim_page_config(void *context, struct http_request *request);

#endif
