#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_limits.py ROOT: whether the limits that a program may set are told as they are: the table of
cchcparse(3), the options of the public header and the names of --limit in cchcparse(1) and in the
program, against lib/base/limits.def."""
import re
import sys
from pathlib import Path

BY_LENGTH = ('CCHCI_BY_LENGTH', 'by length')


def main(root):
    def read(name):
        return (root / name).read_text(encoding='utf-8')

    codes = dict(re.findall(r'^DIAGNOSTIC\((\w+), "([^"]+)"', read('lib/base/diagnostics.def'), re.M))
    limits = {name: (ordinary.replace(*BY_LENGTH), most, codes[code]) for name, ordinary, most, code in
              re.findall(r'^LIMIT\((\w+), (\w+), (\d+), (\w+)\)', read('lib/base/limits.def'), re.M)}
    told = {name: tuple(rest) for name, *rest in
            re.findall(r'^\.It Va (max_\w+) Ta (.+?) Ta (\d+) Ta (\S+)$', read('lib/cchcparse.3'), re.M)}
    options = re.search(r'typedef struct cchc_options \{(.*?)\} cchc_options;',
                        read('include/cchcparse/cchcparse.h'), re.S).group(1)
    members = re.findall(r'^    size_t (max_\w+); *(/\*\*<.*?\*/)', options, re.M | re.S)
    flags = set(re.findall(r'^\.It Cm ([a-z-]+)$', re.search(
        r'^\.It Fl -limit (.*?)^\.El$', read('cli/cchcparse.1'), re.M | re.S).group(1), re.M))

    wrong = [f'cchcparse(3): {name}: {told.get(name)}, not {limits.get(name)}'
             for name in limits.keys() | told.keys() if told.get(name) != limits.get(name)]
    wrong += [f'cchcparse.h: {name} is no limit, or no option'
              for name in limits.keys() ^ dict(members).keys()]
    for name, comment in members:
        ordinary, most, _ = limits.get(name, ('', '', ''))
        numbers = re.findall(r'\d+', comment)
        if name != 'max_bytes' and (most not in numbers or (ordinary.isdigit() and ordinary not in numbers)):
            wrong.append(f'cchcparse.h: {name}: its comment says {numbers}')
    called = {(name.removeprefix('max_').replace('_', '-'), name) for name in limits if name != 'max_bytes'}
    known = set(re.findall(r'\{"([a-z-]+)", offsetof\(cchc_options, (\w+)\)\}', read('cli/options.c')))
    wrong += [f'cchcparse(1): --limit {name}' for name in flags ^ {name for name, _ in called}]
    wrong += [f'cli/options.c: --limit {name}' for name, _ in known ^ called]
    print('\n'.join(wrong) or f'{len(limits)} limits are as they are told')
    return 1 if wrong or len(limits) < 9 else 0


sys.exit(main(Path(sys.argv[1])))
