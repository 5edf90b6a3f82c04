/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assets.h"

#include <string.h>

const struct asset *
asset_named(const char *path)
{
	for (const struct asset *asset = assets; asset->path != NULL; asset++)
		if (strcmp(asset->path, path) == 0)
			return asset;
	return NULL;
}
