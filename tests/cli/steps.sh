# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# What several cases do. Source it: . "$HERE/steps.sh"

# stopped SIGNAL LINES COMMAND…: runs the command until it has written to its journal, the file j, and that has
# so many lines, then sends the signal; its exit status.
stopped() {
    python3 - "$@" <<'PYTHON'
import os, signal, subprocess, sys, time


def written():
    try:
        return os.stat("j").st_mtime_ns
    except FileNotFoundError:
        return 0


name, lines, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
before = written()
run = subprocess.Popen(command)
until = time.monotonic() + 60
while time.monotonic() < until and run.poll() is None:
    try:
        # In this order: a journal that the command begins anew has the old lines until it has written to it.
        if written() != before:
            with open("j", "rb") as journal:
                if journal.read().count(b"\n") >= lines:
                    break
    except FileNotFoundError:
        pass
    time.sleep(0.02)
run.send_signal(getattr(signal, "SIG" + name))
status = run.wait()
sys.exit(status if status >= 0 else 128 - status)
PYTHON
}

# fresh NAME COUNT: an empty folder NAME with a folder `in` of letters, and goes there.
fresh() {
    rm -rf "$1" && mkdir -p "$1/in" || exit 99
    i=0
    while [ $i -lt "$2" ]; do
        sed "s/1791/$((i + 100))/" letter.txt >"$1/in/$((i + 100)).txt"
        i=$((i + 1))
    done
    cd "$1" || exit 99
}

# same COMMAND…: the file out, or the folder out, is what the command makes anew under another name.
same() {
    rm -rf whole
    "$@" 2>/dev/null
    diff -r out whole >/dev/null
}

# peak COMMAND…: the most memory that it had, in KiB. AddressSanitizer keeps what is freed, up to a size.
peak() {
    ASAN_OPTIONS=${ASAN_OPTIONS-}:quarantine_size_mb=1:thread_local_quarantine_size_kb=64 python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}
