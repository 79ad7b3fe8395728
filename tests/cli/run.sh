#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests of the command line: tests/cli/run.sh BINARY
#
# Runs each case of cases.txt (its first lines say how one is written) in a folder made by
# fixtures.sh, then compares `cchcparse check` with eval/score.py where that is there. Prints
# "ok NAME", "not ok NAME" with the reasons, or "skip NAME"; exits with 1 where a case fails.
# Needs sh and coreutils; what reads JSON needs python3 and is skipped without it.
set -u

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
    echo "usage: run.sh BINARY" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$here/../.." && pwd)
shared=${CCHC_SHARED:-$root/../shared}
work=$(mktemp -d) || exit 2
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

mkdir "$work/bin" "$work/fixtures" || exit 2
printf '#!/bin/sh\nexec "%s" "$@"\n' "$binary" >"$work/bin/cchcparse"
chmod +x "$work/bin/cchcparse"
PATH=$work/bin:$PATH
HERE=$here
export PATH HERE
unset NO_COLOR
cd "$work/fixtures" || exit 2
sh "$here/fixtures.sh" || exit 2

failures=0
limit='' # a case that waits for ever fails
command -v timeout >/dev/null 2>&1 && limit='timeout -k 5 120'

# True where a case can run here.
has() {
    case $1 in
    check) ! cchcparse check . 2>&1 | grep -q 'without jansson' ;;
    journal) ! cchcparse --journal "$work/j" none 2>&1 | grep -q 'without libxxhash' ;;
    xml) ! cchcparse --format edxml none 2>&1 | grep -q 'this build has no' ;;
    sqlite) ! cchcparse --format sqlite --output none.db none 2>&1 | grep -q 'this build has no' ;;
    archives) ! cchcparse page.zip 2>&1 | grep -q unzip ;;
    ndjson) ! cchcparse --input ndjson none 2>&1 | grep -q 'without jansson' ;;
    unsanitized) ! grep -q -e __asan -e __tsan "$binary" ;;
    no-*) ! has "${1#no-}" ;;
    full) [ -c /dev/full ] ;;
    unprivileged) [ ! -r closed.txt ] ;;
    script) script -qec true /dev/null >/dev/null 2>&1 ;; # needs a terminal device, which a bare chroot lacks
    python) command -v python3 >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

complain() {
    reasons="$reasons
    $1"
}

# Judges one directive of the case that has just run.
judge() {
    case $1 in
    exit) [ "$status" = "$2" ] || complain "exit status $status, not $2" ;;
    out) grep -Eq -e "$2" "$work/out" || complain "no standard output like: $2" ;;
    out-not) ! grep -Eq -e "$2" "$work/out" || complain "standard output like: $2" ;;
    out-is) [ "$(cat "$work/out")" = "$2" ] || complain "standard output is not: $2" ;;
    err) grep -Eq -e "$2" "$work/err" || complain "no standard error like: $2" ;;
    err-not) ! grep -Eq -e "$2" "$work/err" || complain "standard error like: $2" ;;
    quiet) [ ! -s "$work/$2" ] || complain "standard $2 is not empty" ;;
    lines) [ "$(wc -l <"$work/out")" -eq "$2" ] || complain "not $2 lines" ;;
    json)
        if has python; then
            python3 "$here/expect.py" "$2" <"$work/out" 2>"$work/python" ||
                complain "$2: $(tail -n 1 "$work/python")"
        fi
        ;;
    json_is)
        if has python; then
            python3 -c 'import json, sys; r = json.load(sys.stdin); sys.exit(not eval(sys.argv[1]))' \
                "$2" <"$work/out" 2>"$work/python" || complain "$2: $(tail -n 1 "$work/python")"
        fi
        ;;
    *) complain "no such directive: $1" ;;
    esac
}

finish() {
    [ -n "$name" ] || return 0
    if [ -n "$skipped" ]; then
        echo "skip $name"
    elif [ -n "$reasons" ]; then
        echo "not ok $name$reasons"
        failures=$((failures + 1))
    else
        echo "ok $name"
    fi
}

name='' skipped='' reasons='' status=''
while IFS= read -r row <&3; do
    word=${row%% *}
    rest=${row#"$word"}
    rest=${rest#"${rest%%[! ]*}"}
    case $word in
    '' | '#'*) continue ;;
    case)
        finish
        name=$rest skipped='' reasons='' status=''
        ;;
    needs) has "$rest" || skipped=yes ;;
    run)
        [ -n "$skipped" ] && continue
        $limit sh -c "$rest" >"$work/out" 2>"$work/err" </dev/null
        status=$?
        ;;
    *) [ -n "$skipped" ] || judge "$word" "$rest" ;;
    esac
done 3<"$here/cases.txt"
finish

# check and score.py must say the same of the same folder.
compare() {
    name="check is score.py: $1"
    cchcparse check "$2" --errors --field-min subject=0.999 --min 0.9999 \
        >"$work/ours" 2>"$work/err"
    ours=$?
    cchcparse --format ndjson "$2" >"$work/records" 2>>"$work/err"
    PYTHONIOENCODING=utf-8 python3 "$shared/eval/score.py" "$work/records" "$2" --errors \
        --field-min subject=0.999 --min 0.9999 >"$work/theirs" 2>>"$work/err"
    theirs=$?
    if [ $ours -eq $theirs ] && cmp -s "$work/ours" "$work/theirs"; then
        echo "ok $name"
    else
        echo "not ok $name: exit $ours, $theirs"
        diff "$work/ours" "$work/theirs" | head -n 6
        failures=$((failures + 1))
    fi
}

if has python && has check && [ -f "$shared/eval/score.py" ]; then
    for folder in "$shared/corpus/seeds" "$shared/corpus/dev" "$shared/corpus/clips" \
        "$root/corpus/letters"; do
        [ -d "$folder" ] && compare "$(basename "$folder")" "$folder"
    done
    # Gold that is nearly right meets every comparison on both sides of its limit.
    cchcparse --format ndjson "$root/corpus/letters" >"$work/records" 2>"$work/err"
    python3 "$here/nearly_gold.py" "$work/records" "$work/nearly" &&
        compare 'nearly gold' "$work/nearly"
    compare 'letters that cannot be read' unread
fi

# Every diagnostic is told in the man page.
name='every diagnostic is documented' reasons='' skipped=''
for code in $(sed -n 's/^DIAGNOSTIC([A-Z0-9_]*, "\([a-z-]*\)".*/\1/p' \
    "$root/lib/base/diagnostics.def"); do
    grep -q "^\.It $code\$" "$root/cli/cchcparse.1" || complain "$code: not in cli/cchcparse.1"
done
finish

# Every format of the library is the program's with the same ending and kind, and is told of.
name='every format is known' reasons='' skipped=''
cchcparse --format none x 2>"$work/err"
cchcparse --help >"$work/help"
while read -r format kind ending; do
    grep -q "\"$format\", \"$ending\",.* $kind[,)]" "$root/cli/format.c" || complain "$format: not so in cli/format.c"
    grep -qw -e "$format" "$work/err" || complain "$format: not in the message on formats"
    grep -qw -e "$format" "$work/help" || complain "$format: not in the help"
done <<ROWS
$(sed -n 's/^ *\.row = {"\([a-z-]*\)", \([A-Z_]*\), "\([.a-z]*\)".*/\1 \2 \3/p' "$root"/lib/write/*.c | LC_ALL=C sort -u)
ROWS
finish

# Every option of the help is told in the man page, and the other way round.
name='every option is documented' reasons='' skipped=''
cchcparse --help | grep -oE -e '--[a-z][a-z-]*' | LC_ALL=C sort -u >"$work/help"
grep -oE '^\.It Fl .*' "$root/cli/cchcparse.1" | grep -oE -e '-[a-z][a-z-]*' | sed 's/^/-/' |
    LC_ALL=C sort -u >"$work/man"
reasons=$(diff "$work/help" "$work/man")
finish

# And stands in one of the calls at its top.
name='every option is in the synopsis' reasons='' skipped=''
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' "$root/cli/cchcparse.1" | grep -oE -e ' -[a-z][a-z-]*' | sed 's/^ /-/' |
    LC_ALL=C sort -u >"$work/synopsis"
reasons=$(grep -vx -e --null "$work/help" | diff - "$work/synopsis")
finish

name='the man page has its requests at the beginning of lines' reasons='' skipped=''
reasons=$(grep -nE '[^ ] \.[A-Z][a-z]( |$)' "$root/cli/cchcparse.1")
finish

[ "$failures" -eq 0 ]
