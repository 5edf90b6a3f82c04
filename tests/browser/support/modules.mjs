// SPDX-License-Identifier: AGPL-3.0-or-later
// The packages of package.json, from where make installs them.
import { createRequire } from "node:module";

const installed = createRequire(
	new URL("../../../build/browser/", import.meta.url),
);

export const { chromium } = installed("playwright-core");
export const acorn = installed("acorn");
export const axePath = installed.resolve("axe-core/axe.min.js");
