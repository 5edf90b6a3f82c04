# Who may include whom.  Each room lists the rooms whose contracts it may use;
# a header of include/ belongs to the room that implements it.
BEGIN {
	split("result text utf8 buf arena hash secret clock log assets reply message fit window notices credentials csv_text", names)
	for (i in names) owner[names[i] ".h"] = "base"
	owner["channel.h"] = "base"       # shapes only; webhooks implement it
	owner["channels.h"] = "webhooks"
	owner["messenger_deletion.h"] = "webhooks"
	owner["messenger_profile.h"] = "webhooks"
	owner["messenger_page.h"] = "webhooks"
	owner["zalo_login.h"] = "webhooks"; owner["zalo_oa.h"] = "webhooks"
	owner["tokens.h"] = "text"; owner["mask.h"] = "text"
	owner["glossary.h"] = "text"
	owner["review.h"] = "review"
	owner["faq.h"] = "faq"; owner["findings.h"] = "faq"
	owner["overlay.h"] = "faq"; owner["draft.h"] = "faq"
	owner["render.h"] = "faq"
	owner["match.h"] = "match"; owner["match_eval.h"] = "match"
	owner["golden.h"] = "match"; owner["confusions.h"] = "match"
	owner["compare.h"] = "dialog"
	owner["knowledge.h"] = "dialog"; owner["dialog.h"] = "dialog"
	owner["settings.h"] = "config"; owner["metrics.h"] = "metrics"
	owner["store.h"] = "store"
	owner["store_reach.h"] = "store"; owner["store_notice.h"] = "store"
	owner["store_staff.h"] = "store"; owner["roles.h"] = "store"
	owner["store_review.h"] = "store"; owner["store_figures.h"] = "store"
	owner["store_review.h"] = "store"
	owner["store_talk.h"] = "store"
	owner["takeover.h"] = "dialog"; owner["later.h"] = "dialog"
	owner["outbox.h"] = "outbox"; owner["platform_call.h"] = "outbox"
	owner["http.h"] = "http"; owner["turns.h"] = "http"
	owner["webhook.h"] = "http"; owner["health.h"] = "http"
	owner["deletion.h"] = "http"
	owner["chat.h"] = "http"; owner["static_files.h"] = "http"
	owner["front_page.h"] = "http"; owner["desk.h"] = "http"
	owner["json_body.h"] = "http"
	owner["store_editions.h"] = "store"
	owner["editions.h"] = "console"
	owner["console.h"] = "console"; owner["sorting.h"] = "console"
	owner["simulator.h"] = "simulator"
	owner["commands.h"] = "cli"; owner["app.h"] = "app"

	may["base"] = ""
	may["text"] = "base"
	may["review"] = "base text"
	may["faq"] = "base text"
	may["match"] = "base text faq"
	may["dialog"] = "base text faq match"
	may["metrics"] = "base"
	may["config"] = "base"
	may["store"] = "base"
	may["outbox"] = "base store config metrics"
	may["webhooks"] = "base"
	may["http"] = "base text faq match dialog store outbox config metrics webhooks"
	may["console"] = may["http"] " http review"
	may["simulator"] = "base metrics http"
	may["app"] = may["http"] " http console"
	may["cli"] = may["app"] " app simulator"

	json_ok["webhooks"] = json_ok["faq"] = json_ok["http"] = 1
	json_ok["console"] = json_ok["cli"] = json_ok["simulator"] = 1
}

function room_of(path) {
	if (path ~ /^webhooks\/simulator\//) return "simulator"
	if (path ~ /^webhooks\//) return "webhooks"
	if (path ~ /^src\/(app|main)\.c$/) return path ~ /main/ ? "cli" : "app"
	if (path ~ /^include\//) { sub(/.*\//, "", path); return owner[path] }
	sub(/^src\//, "", path); sub(/\/.*/, "", path)
	return path
}

function complain(text) {
	print FILENAME ":" FNR ": " text
	bad = 1
}

FNR == 1 {
	room = room_of(FILENAME)
	if (room == "") complain("tools/include-direction.awk does not say whose header this is")
}

/^#include <jansson.h>/ && !json_ok[room] { complain("JSON stops at the door: no Jansson in " room) }
/^#include <microhttpd.h>/ && FILENAME != "src/http/server.c" { complain("only src/http/server.c uses libmicrohttpd") }

/^#include "/ {
	header = $2
	gsub(/"/, "", header)
	target = owner[header]
	if (target == "" || target == room) next
	if (index(" " may[room] " ", " " target " ") == 0)
		complain(room " must not include " header " of " target)
}

END { exit bad }
