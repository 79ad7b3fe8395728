#!/bin/sh
# SPDX-License-Identifier: MIT
# check_symbols.sh FOLDER HEADERS MAP SONAME LIBRARY.so LIBRARY.a: the shared library exports the functions that its public
# headers declare, each in a version node of the map, and nothing else; the static one has no foreign names.
set -u
folder=$1 headers=$2 map=$3 soname=$4 shared=$5 static=$6
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# A declaration starts with CCHC_API; its name stands before the first parenthesis, perhaps a line below.
for header in $headers; do cat "$folder/$header"; done | tr '\n' ' ' | sed 's/CCHC_API /\
&/g' | sed -n 's/^CCHC_API [^(;]*[ *]\(cchc_[a-z_0-9]*\)(.*/\1/p' | LC_ALL=C sort -u >"$work/declared"

sed -n 's/^ *\(cchc_[a-z_0-9]*\);.*/\1/p' "$map" | LC_ALL=C sort -u >"$work/mapped"

nm -D --defined-only "$shared" | awk '$2 != "A" { print $3 }' >"$work/versioned"
sed 's/@.*//' "$work/versioned" | LC_ALL=C sort -u >"$work/exported"

compare() {
    diff "$work/$1" "$work/$2" >"$work/diff" && return
    bad=1
    sed -n "s/^< /$1 but not $2: /p; s/^> /$2 but not $1: /p" "$work/diff"
}
compare declared exported
compare declared mapped
[ -s "$work/declared" ] || { echo "no declaration was found"; bad=1; }

node=$(sed -n 's/^\([A-Z_]*_\)[0-9_]* {$/\1/p' "$map" | head -n 1)
[ -n "$node" ] || { echo "no version node in $map"; bad=1; }
if grep -v "@@*$node[0-9]" "$work/versioned"; then
    echo "these have no version"
    bad=1
fi

if nm -g --defined-only "$static" | awk 'NF == 3 { print $3 }' | grep -v '^cchci\{0,1\}_' | grep -v '^__'; then
    echo "these names of the static library are not its own"
    bad=1
fi

found=$(readelf -d "$shared" | sed -n 's/.*SONAME.*\[\(.*\)\].*/\1/p')
[ "$found" = "$soname" ] || { echo "another soname than $soname: $found"; bad=1; }

echo "# $(wc -l <"$work/declared") functions"
exit $bad
