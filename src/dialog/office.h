/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_OFFICE_H
#define HOIDAP_DIALOG_OFFICE_H

#include "clock.h"
#include "faq.h"

/* Are people there, and until when, or from when on? */
struct office {
	bool open;
	uint64_t until_ms;	     /* open: when they leave */
	uint64_t opens_ms;	     /* closed: 0 when not within months */
	struct text_view closed_for; /* the holiday of today, or empty */
};

struct office office_at(const struct faq_hours *hours, uint64_t now_ms);

enum { OFFICE_TIME_SIZE = 64 };
/* "7 giờ 30 thứ Năm 26/11"; "hôm nay" for the day of NOW_MS. */
void office_time(uint64_t ms, uint64_t now_ms, char out[OFFICE_TIME_SIZE]);

#endif
