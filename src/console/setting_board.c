/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "setting_board.h"

struct staff_answer
setting_board_post(struct staff_request *request, enum result result)
{
	if (result == OK)
		result = store_notices_post(request->console->store,
		    request->now_ms, request->console->notices);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}
