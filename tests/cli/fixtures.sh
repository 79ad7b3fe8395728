#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the files that the cases read, in the current folder.
set -eu

letter() {
    printf '%s\n' 'ỦY BAN NHÂN DÂN' 'TỈNH KIÊN GIANG' '' 'Số: 1791/UBND-NC' \
        'Kiên Giang, ngày 22 tháng 12 năm 2020' 'V/v kiểm tra công tác cải cách hành chính' '' \
        'Kính gửi: Giám đốc Sở Nội vụ' '' \
        '1. Báo cáo kết quả chậm nhất là ngày 29/12/2020.' 'a) Gửi bản giấy;' \
        'b) Gửi bản điện tử.' '2. Thực hiện Báo cáo số 284/BC-ĐKT ngày 30/11/2020.' '' \
        'Nơi nhận:' '- Như trên;' '- Lưu: VT, nttrang.' '' 'TM. ỦY BAN NHÂN DÂN' 'CHỦ TỊCH' '' \
        'Nguyễn Văn An'
}

letter >letter.txt
letter >-dash.txt
letter >check
letter >"$(printf 'two\nlines.txt')"
letter >"$(printf 'ill-\377\303-formed.txt')"
letter >"quote'and \"blank\".txt"

# Magic bytes
printf '%%PDF-1.7\n' >page.pdf
printf '\211PNG\r\n\032\n\0\0\0\015IHDR' >page.txt
printf '\377\330\377\340\0\020JFIF' >page.jpg
printf 'II*\0\010\0\0\0' >page.tif
printf 'GIF89a\001\0\001\0' >page.gif
printf 'PK\003\004\024\0\0\0\0\0word/document.xml' >page.docx
printf 'PK\003\004\024\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.text' >page.odt
printf 'PK\003\004\024\0\0\0\0\0letter.txt' >page.zip
printf '\320\317\021\340\241\261\032\341\0\0' >page.doc
printf '{\\rtf1 letter}' >page.rtf
printf '\r\n\r\n%%PDF-1.7\n' >late.pdf
printf '7z\274\257\047\034' >a.7z
printf 'Rar!\032\007\001' >a.rar
printf '\3757zXZ\0' >a.xz
printf 'BZh91AY&SY' >a.bz2
printf '\050\265\057\375' >a.zst
printf '%0257d' 0 >a.gnu
printf 'ustar  \0' >>a.gnu
printf '%0257d' 0 >a.posix
printf 'ustar\00000' >>a.posix
printf '\177ELF\002\001' >a.elf
printf 'MZ%060d\0\0PE' 0 >a.exe
printf 'SQLite format 3\0' >a.db
printf '%%!PS-Adobe-3.0\n' >a.ps
printf 'PK is not a ZIP file; BM is no picture\n' >pk.txt
printf 'MZ is no program, %050d\n' 0 >mz.txt
printf 'BZh is not compressed\n' >bz.txt
printf '%0257dustar is no archive\n' 0 >ustar.txt

# Files that are hard to read
: >empty.txt
tail -c +65 "$(command -v sh)" | head -c 4096 >binary.txt # without what tells that it is a program
ln -s nowhere dangling.txt
letter >closed.txt
chmod 000 closed.txt
{ letter && letter && letter; } >long.txt
printf '0123456789' >ten.txt

# Folders
mkdir -p order/a order/B order/b.txt none upper mixed loop/below
letter >order/a/z.txt
letter >order/a.txt
letter >order/a-b.txt
letter >order/B/y.md
letter >order/Z.HTM
letter >order/b.txt/in-a-folder-named-so.txt
letter >order/é.html
letter >order/no-letter.pdf
letter >order/no-letter.txt.bak
for name in one.TXT two.Md three.HtMl four.hTM; do letter >"upper/$name"; done
: >none/readme.doc
letter >mixed/good.txt
ln -s nowhere mixed/gone.txt
mkfifo mixed/pipe.txt
letter >loop/below/one.txt
ln -s .. loop/below/up
ln -s below loop/side
mkdir many
i=0
while [ $i -lt 100 ]; do
    letter >many/$i.txt
    i=$((i + 1))
done

# Gold
mkdir gold broken unpaired unread
letter >gold/right.txt
printf '{"priority": null, "secrecy": null}\n' >gold/right.gold.json
letter >gold/wrong.txt
printf '{"secrecy": {"text": "TUYỆT MẬT"}}\n' >gold/wrong.gold.json
letter >broken/one.txt
printf '{"subject": \n' >broken/one.gold.json
printf '{"secrecy": {"text": "MẬT"}}\n' >unpaired/one.gold.json
letter >unread/good.txt
printf '%%PDF-1.7\n' >unread/page.txt
mkfifo unread/pipe.txt
for name in good page pipe gone; do
    printf '{"code": {"number": "1791"}}\n' >unread/$name.gold.json
done

# Lists and lines
printf 'letter.txt\n\nupper\ntwo\n' >list
printf 'two\nlines.txt\0order/a\0' >list0
printf '%s\n' '{"name": "a/ă.txt", "text": "Số: 1/UBND-VX\nKính gửi: Sở Nội vụ"}' '' '[1]' \
    '{"text": "x\u0000y", "more": 1}' 'no JSON' '{"name": "../../up", "text": ""}' >lines.ndjson

# Trees that are hard to write
mkdir -p tree/a/b tree/c
letter >tree/a/b/one.txt
letter >tree/c/two.md
letter >tree/three.txt
letter >"tree/$(printf '%0251d' 0).txt"

# Archives, where python can make them
if command -v python3 >/dev/null; then
    mkdir packed
    python3 "$(dirname "$0")/archives.py" packed letter.txt
fi
