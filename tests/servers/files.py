# SPDX-License-Identifier: MIT
"""The files that nginx and the ftp servers serve. Their bytes are those of fault/content.py, except for hello.txt."""

import os

from fault.content import pieces

SIZES = {"empty.bin": 0, "1.bin": 1, "4k.bin": 4 << 10, "100k.bin": 100 << 10, "1m.bin": 1 << 20, "64m.bin": 64 << 20}
FTP_SIZES = {"empty.bin": 0, "4k.bin": 4 << 10, "4m.bin": 4 << 20}


def make_file(path, size):
    """Written under another name first: what has its name is whole."""
    if os.path.exists(path) and os.path.getsize(path) == size:
        return
    with open(f"{path}.part", "wb") as file:
        for piece in pieces(0, size):
            file.write(piece)
    os.replace(f"{path}.part", path)


def make(folder, sizes=None):
    os.makedirs(folder, exist_ok=True)
    for name, size in (sizes or SIZES).items():
        make_file(f"{folder}/{name}", size)
    with open(f"{folder}/hello.txt", "w", encoding="ascii") as file:
        file.write("hello, world\n")
