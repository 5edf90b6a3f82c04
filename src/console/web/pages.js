// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages, in the order of the navigation.  A page is one module in pages/
// whose default export is its component, and one row here:
//   path        of its address, "#/path"
//   title       a key of words.js
//   permission  who may see it, as the API names it ("questions", ...)
//   load        brings its module, only when it is opened
// A row without load is not shown.

export const pages = [
	{ path: "", title: "nav.overview", permission: "signed_in", load: () => import("./pages/overview.js") },
	{ path: "questions", title: "nav.questions", permission: "questions", load: () => import("./pages/questions.js") },
	{ path: "faq", title: "nav.faq", permission: "faq_read", load: () => import("./pages/faq.js") },
	{ path: "try", title: "nav.try", permission: "faq_read", load: () => import("./pages/try.js") },
	{ path: "conversations", title: "nav.conversations", permission: "questions", load: () => import("./pages/conversations.js") },
	{ path: "quality", title: "nav.quality", permission: "quality", load: () => import("./pages/quality.js") },
	{ path: "reports", title: "nav.reports", permission: "reports", load: () => import("./pages/reports.js") },
	{ path: "settings", title: "nav.settings", permission: "settings", load: () => import("./pages/settings.js") },
	{ path: "users", title: "nav.users", permission: "users", load: () => import("./pages/users.js") },
	{ path: "audit", title: "nav.audit", permission: "audit", load: () => import("./pages/audit.js") },
	// Reached through one's own name.
	{ path: "account", title: "nav.account", permission: "signed_in", hidden: true, load: () => import("./pages/account.js") },
];

export const mayOpen = (page, session) =>
	Boolean(page.load) && session.permissions.includes(page.permission);
