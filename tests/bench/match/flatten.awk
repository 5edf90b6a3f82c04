# SPDX-License-Identifier: AGPL-3.0-or-later
# Reads what `hoidap eval` prints, of one run or several, and writes lines of
# "SET.KEY MEAN" with the mean over the runs; a key inside an object is
# "OBJECT.KEY".  awk -v set=NAME -f flatten.awk RUN.json...

FNR == 1 {
	runs++
	path = set
}
{
	key = $1
	gsub(/[":]/, "", key)
	value = $2
	sub(/,$/, "", value)
}
value == "{" && key != "" { path = path "." key }
$1 ~ /^}/ { sub(/\.[^.]*$/, "", path) }
value ~ /^[0-9]/ { sum[path "." key] += value }
END {
	for (name in sum)
		print name, sum[name] / runs
}
