# SPDX-License-Identifier: AGPL-3.0-or-later
# The second table of `make bench-match`: speed, memory and training by size of
# the base, with "NAME VALUE" lines of match_scale and its peers as input; "-"
# means not within its time, a size that nobody was asked at has no line.

{ figure[$1] = $2 }

function cell(name, format) {
	return name in figure ? sprintf(format, figure[name]) : "-"
}

# How many times ours.
function ratio(name, ours) {
	if (!(name in figure) || !(ours in figure) || figure[ours] == 0)
		return "-"
	return sprintf("%.2f", figure[name] / figure[ours])
}

function print_matcher(size, matcher,    at, ours) {
	at = matcher "." size
	ours = "hoidap." size
	if (!((at ".train_s") in figure) && !((at ".late") in figure))
		return
	printf "%8d %-10s %10s %10s %10s %9s %9s %9s %9s %9s %8s\n", size, matcher, \
	    cell(at ".median_us", "%.1f"), cell(at ".p99_us", "%.1f"), \
	    cell(at ".cpu_us", "%.1f"), ratio(at ".median_us", ours ".median_us"), \
	    cell(at ".resident_mib", "%.1f"), cell(at ".train_s", "%.2f"), \
	    ratio(at ".train_s", ours ".train_s"), \
	    (at ".first_right") in figure ? \
	    sprintf("%.1f", 100 * figure[at ".first_right"]) : "-", \
	    cell(at ".asked", "%d")
}

function goal(title, value, limit) {
	printf "%-36s %8s  goal < %s: %s\n", title, \
	    value == "-" ? "-" : sprintf("%.2f", value), limit, \
	    value == "-" ? "not measured" : value + 0 < limit ? "met" : "MISSED"
}

END {
	printf "%8s %-10s %10s %10s %10s %9s %9s %9s %9s %9s %8s\n", "entries", "", \
	    "median us", "99 % us", "CPU us", "/ hoidap", "MiB", "train s", \
	    "/ hoidap", "right %", "asked"
	sizes = split("100 1000 10000 100000", size, " ")
	matchers = split("hoidap fts5 pcre2 node-nlp", matcher, " ")
	for (i = 1; i <= sizes; i++)
		for (j = 1; j <= matchers; j++)
			print_matcher(size[i], matcher[j])
	print ""
	goal("one match, 10,000 / 100 entries", \
	    ratio("hoidap.10000.median_us", "hoidap.100.median_us"), 8)
	goal("training 1,000 entries, s", cell("hoidap.1000.train_s", "%s"), 4)
}
