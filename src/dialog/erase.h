/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_ERASE_H
#define HOIDAP_DIALOG_ERASE_H

#include "exchange.h"

/* "Xóa dữ liệu của tôi": asked back once, then done.  ERR_NOT_FOUND when this
 * message is not about it. */
enum result erase_step(struct exchange *exchange) MUST_CHECK;

#endif
