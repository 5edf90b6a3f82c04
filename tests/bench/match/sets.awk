# SPDX-License-Identifier: AGPL-3.0-or-later
# The first table of `make bench-match`: awk -f sets.awk goals.tsv FIGURES.
# A row of goals.tsv is a row of the table; FIGURES has lines of "NAME VALUE",
# shares between 0 and 1.

BEGIN { FS = "\t" }
/^#/ { next }
FILENAME ~ /goals\.tsv$/ {
	row[++rows] = $0
	next
}
{
	split($0, pair, " ")
	figure[pair[1]] = pair[2]
	has[pair[1]] = 1
}

function shown(name, unit) {
	return unit == "%" || unit == "points" ? 100 * figure[name] : figure[name]
}

# GOAL as in ">= 78 (1)": a note after the number says that it is not to be
# judged here.
function verdict(value, goal,    part, count) {
	count = split(goal, part, " ")
	if (count != 2)
		return ""
	if (part[1] == ">=")
		return value >= part[2] + 0 ? "met" : "MISSED"
	if (part[1] == "<=")
		return value <= part[2] + 0 ? "met" : "MISSED"
	return value < part[2] + 0 ? "met" : "MISSED"
}

function print_row(fields,    part, value) {
	split(fields, part, "\t")
	if (!has[part[1]]) {
		printf "%-22s %-38s %8s %-6s %-9s %-6s %s\n", part[2], part[3], \
		    "-", part[4], part[5], "", part[6]
		return
	}
	value = shown(part[1], part[4])
	printf "%-22s %-38s %8.*f %-6s %-9s %-6s %s\n", part[2], part[3], \
	    part[4] == "share" || part[4] == "s" ? 3 : 1, value, part[4], part[5], \
	    verdict(value, part[5]), part[6]
}

function print_style(style,    at) {
	at = "vi.styles." style
	if (!has[at ".top1"])
		return
	printf "  %-12s %9d %8.1f %8.1f %8.1f %8.1f\n", style, \
	    figure[at ".questions"], 100 * figure[at ".top1"], \
	    100 * figure[at ".top3"], 100 * figure[at ".in_scope_accuracy"], \
	    100 * figure[at ".answered_or_offered"]
}

END {
	printf "%-22s %-38s %8s %-6s %-9s %-6s %s\n", "set", "figure", "ours", "", \
	    "goal", "", "best published"
	for (i = 1; i <= rows; i++)
		print_row(row[i])
	print "\n(1) every fifth of the training file, asked of the other four; it " \
	    "has no out-of-scope\n    questions and resembles its training, so " \
	    "neither goal nor published figure is comparable"
	print "\nvi-dev by style: questions, right entry first and among three, " \
	    "answered right, right or offered (%)"
	count = split("formal colloquial nodiac teencode typo long short southern", \
	    styles, " ")
	for (i = 1; i <= count; i++)
		print_style(styles[i])
}
