# SPDX-License-Identifier: AGPL-3.0-or-later
# Reads NAME.figures files ("name value" lines) and prints the table of
# `make bench`, then the same as one line of JSON.  A figure that was not
# measured is "-" and null.

FNR == 1 {
	server = FILENAME
	sub(/.*\//, "", server)
	sub(/\.figures$/, "", server)
}
{ figure[server, $1] = $2 }

function has(server, name) { return (server, name) in figure }

function row(title, name, unit,    i) {
	printf "%-22s", title
	for (i = 1; i <= count; i++)
		printf "%15s", has(servers[i], name) ? figure[servers[i], name] : "-"
	print "  " unit
}

function ratio(over, under) {
	if (!has(over, "turns_per_s") || !has(under, "turns_per_s"))
		return ""
	return figure[over, "turns_per_s"] / figure[under, "turns_per_s"]
}

# WANTED as in ">= 5" or "< 40"; empty: only told.
function line(title, value, unit, wanted,    part, met) {
	json = json sprintf(", \"%s\": %s", title, value == "" ? "null" : value + 0)
	if (value == "") {
		printf "%-48s %10s\n", title, "-"
		return
	}
	printf "%-48s %10.2f %-3s", title, value, unit
	if (wanted != "") {
		split(wanted, part, " ")
		met = part[1] == "<" ? value + 0 < part[2] + 0 : value + 0 >= part[2] + 0
		printf "  goal %s: %s", wanted, met ? "met" : "MISSED"
	}
	print ""
}

function median(a, b, c) {
	if ((a <= b && b <= c) || (c <= b && b <= a))
		return b
	return (b <= a && a <= c) || (c <= a && a <= b) ? a : c
}

END {
	count = split("bare hoidap hoidap-intake bottender", servers, " ")
	json = "{"
	for (key in figure) {
		split(key, part, SUBSEP)
		json = json (json == "{" ? "" : ", ") \
		    sprintf("\"%s.%s\": %s", part[1], part[2], figure[key])
	}

	printf "\n64 kept connections, signed Messenger webhooks of %d bytes; " \
	    "one durable write of this disk takes %s ms\n\n",
	    figure["hoidap", "body_bytes"], figure["disk", "write_ms"]
	printf "%-22s", ""
	for (i = 1; i <= count; i++)
		printf "%15s", servers[i]
	print ""
	row("turns", "turns_per_s", "a second")
	row("half answered within", "p50_ms", "ms")
	row("99 % answered within", "p99_ms", "ms")
	row("CPU of the server", "cpu_us_per_turn", "us a turn")
	row("replies sent", "deliveries_per_s", "a second")
	row("resident at the start", "resident_first_mib", "MiB")
	row("resident at the end", "resident_mib", "MiB")
	print ""
	line("hoidap / bare", ratio("hoidap", "bare"), "", ">= 0.15")
	line("hoidap / bottender", ratio("hoidap", "bottender"), "", ">= 5")
	line("hoidap-intake / bare", ratio("hoidap-intake", "bare"), "", "")
	line("hoidap-intake / bottender",
	    ratio("hoidap-intake", "bottender"), "", "")
	line("bottender / bare", ratio("bottender", "bare"), "", "")
	line("start to first answer",
	    median(figure["hoidap", "start_ms"],
	    figure["hoidap-intake", "start_ms"], figure["replies", "start_ms"]) / 1000,
	    "s", "< 1")
	line("resident memory of the demo", figure["demo", "resident_mib"],
	    "MiB", "< 40")
	line("webhook to reply, median of " figure["replies", "replies"],
	    figure["replies", "reply_p50_ms"], "ms", "< 15")
	line("webhook to reply, 99 %", figure["replies", "reply_p99_ms"], "ms", "")
	print "\n" json "}"
}
