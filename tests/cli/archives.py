# SPDX-License-Identifier: MIT
"""archives.py FOLDER LETTER: makes archives, good ones and bad ones."""
import io
import pathlib
import sys
import tarfile
import zipfile

folder = pathlib.Path(sys.argv[1])
letter = pathlib.Path(sys.argv[2]).read_bytes()
MEMBERS = ["thư mục/công văn.txt", "b.md", "c.pdf", "deep/er/d.HTML"]


def tar(name, mode, members):
    with tarfile.open(folder / name, mode, format=tarfile.GNU_FORMAT) as archive:
        for member, data in members:
            info = member if isinstance(member, tarfile.TarInfo) else tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def link(name, kind, target):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def sparse(name, parts, data):
    """A header of GNU's old form for a file with holes, and its data: (offset, length) of each part, in any order."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = b"S"
    table = b"".join(b"%011o\0" % number for part in parts for number in part)
    header[386:386 + len(table)] = table
    header[483:495] = b"%011o\0" % max(sum(part) for part in parts)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + data + bytes(-len(data) % 512)


with zipfile.ZipFile(folder / "good.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name in MEMBERS:
        archive.writestr(name, letter)
tar("good.tar", "w", [(name, letter) for name in MEMBERS])
tar("good.tgz", "w:gz", [(name, letter) for name in MEMBERS])
tar("good.TAR.GZ", "w:gz", [(name, letter) for name in MEMBERS])
tar("evil.tar", "w", [("../../up.txt", letter), ("/abs/olute.txt", letter), ("./a/../b.txt", letter)])
tar("links.tar", "w", [("one.txt", letter), link("hard.txt", tarfile.LNKTYPE, "one.txt"),
                       link("soft.txt", tarfile.SYMTYPE, "/etc/passwd")])
tar("none.tar", "w", [("c.pdf", letter)])
tar("bomb.tgz", "w:gz", [("a.txt", letter), ("zeros.txt", bytes(80 << 20)), ("b.txt", letter)])
whole = (folder / "good.tar").read_bytes()
(folder / "torn.tar").write_bytes(whole[:2 * (len(letter) // 512 + 2) * 512 - 300])
(folder / "holes.tar").write_bytes(sparse("torn.txt", [(600, 300), (0, 300)], letter[:600])
                                   + sparse("whole.txt", [(0, len(letter))], letter) + bytes(1024))
(folder / "false.zip").write_bytes(letter)
with zipfile.ZipFile(folder / "long.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("long.txt", letter * 4)
    archive.writestr("short.txt", letter)
