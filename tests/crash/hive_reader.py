# SPDX-License-Identifier: MIT
"""What is in a hive, read as docs/store.md describes it, with nothing of the project's own. Checksums are left to the
project's tests: a process that is killed leaves a record that is not all there, and no wrong bytes."""

import os
import struct

MAGIC = b"\x89HIV\x45\r\n\x1a"
HEADER = 64
RECORD = struct.Struct("<Q I I B B H")
VALUES, DELETED = 1, 2
VALUE_HEAD = struct.Struct("<B B I")
NUMBERS = {4: "<I", 11: "<Q"}  # REG_DWORD, REG_QWORD


def values_of(data):
    """{name: bytes, text or number}"""
    values = {}
    while data:
        kind, name, size = VALUE_HEAD.unpack_from(data)
        start = VALUE_HEAD.size + name
        content = data[start:start + size]
        assert len(content) == size, "a value goes beyond its record"
        if kind in NUMBERS:
            content = struct.unpack(NUMBERS[kind], content)[0]
        elif kind == 1:
            content = content.decode()
        values[data[VALUE_HEAD.size:start].decode()] = content
        data = data[start + size:]
    return values


def read_hive(path):
    """{path of a key: {name: value}}. What follows the last good record has to be zeros, or a torn record."""
    with open(path, "rb") as file:
        data = file.read()
    keys = {}
    if len(data) < HEADER or not data.strip(b"\0"):
        return keys
    assert data.startswith(MAGIC), f"{path} is no hive"
    # A half-written one is that of an empty hive.
    assert data[:32] == data[32:64] or not data[32:].strip(b"\0"), f"{path} has two headers"
    marker = data[16:24]
    place = HEADER
    while place + RECORD.size <= len(data) and data[place:place + 8] == marker:
        _, _, size, kind, zero, length = RECORD.unpack_from(data, place)
        body = data[place + RECORD.size:place + RECORD.size + size]
        end = place + (RECORD.size + size + 7 & ~7)
        if end > len(data) or kind not in (VALUES, DELETED):
            break
        torn = data.find(marker, place + 8) < 0 and not data[end:].strip(b"\0")
        try:
            key = body[:length].decode()
            if kind == VALUES:
                keys[key] = values_of(body[length:])
            else:
                keys = {other: values for other, values in keys.items()
                        if other != key and not other.startswith(key + "\\")}
        except (AssertionError, UnicodeDecodeError, struct.error):
            assert torn, f"{path}: the record at {place} is damaged, and others follow"
            break
        place = end
    assert marker not in data[place + 8:], f"{path}: damage at {place}"
    return keys


def downloads_in(folder):
    """The names of all transfers in the hives of a folder `transfers`."""
    found = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name.endswith(".hive") and name != "groups.hive":
            found += [key for key in read_hive(f"{folder}/{name}") if key.startswith("Downloads\\")]
    return found
