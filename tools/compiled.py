"""Forget what TensorFlow compiled and did not write to its end, after a power cut for example.

    python tools/compiled.py [FOLDER …]

TensorFlow keeps each compiled function in a file, and fails on one that is damaged, at every run anew. Such a
file is a protocol buffer: fields, each with its length before it.
"""

import os
import sys
from pathlib import Path

DELIMITED = 2  # the kind of a field with a length
SEVEN = 0x7F


def number(file) -> int:
    """Read a number of seven bits a byte, the lowest first; raise an EOFError where the file ends in it."""
    value = shift = 0
    while True:
        byte = file.read(1)
        if not byte:
            raise EOFError
        value |= (byte[0] & SEVEN) << shift
        shift += 7
        if byte[0] <= SEVEN:
            return value


def is_whole(path: Path) -> bool:
    """Return whether a file holds fields up to its very end, and at least one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            while file.tell() < size:
                field = number(file)
                if field & 7 != DELIMITED or not field >> 3:
                    return False
                file.seek(number(file), os.SEEK_CUR)
        except EOFError:
            return False
        return 0 < size == file.tell()


def forget_damaged(folder: Path):
    """Remove the files of a folder that are not whole; do nothing where there is no such folder."""
    for path in folder.glob("*.pb"):
        if not is_whole(path):
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        forget_damaged(Path(name))
