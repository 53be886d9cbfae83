# SPDX-License-Identifier: MIT
"""Wire traces: what a server says, byte by byte, as a text. tests/hostile/traces/README.md has the format."""

import os
import re

from .wire import Closed

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "hostile", "traces")

ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\"}

WORDS = {"read": (0, 1), "reply": (2, 99), "until": (1, 1), "take": (1, 1), "body": (2, 3), "wait": (1, 1), "slow": (1, 1),
         "repeat": (0, 1), "end": (0, 0), "stall": (0, 0), "close": (0, 0), "cut": (0, 0), "reset": (0, 0)}


class Broken(Exception):
    """The trace is none."""


class Part:
    """What one connection to the server `name` hears. `tls`: the certificate, or None; `secure`: clients are told to
    speak TLS, whether it is there or not."""

    def __init__(self, name, tls, secure):
        self.name = name
        self.tls = tls
        self.secure = secure
        self.steps = []


def unescape(text):
    """\\r, \\n, \\t, \\0, \\\\ and \\xHH."""

    def byte(match):
        found = match.group(1)
        if found[0] == "x":
            return chr(int(found[1:], 16))
        if found not in ESCAPES:
            raise Broken(f"\\{found} means nothing")
        return ESCAPES[found]

    return re.sub(r"\\(x[0-9a-fA-F]{2}|.)", byte, text)


def parse_heading(line):
    words = line[1:-1].split()
    if line[-1] != "]" or not words:
        raise Broken(line)
    if len(words) == 1:
        return Part(words[0], None, False)
    if words[1:] == ["raw"]:
        return Part(words[0], None, True)
    if len(words) == 3 and words[1] == "tls":
        return Part(words[0], words[2], True)
    raise Broken(line)


def parse_step(line):
    for mark in ("> ", "+ ", "plain "):
        if line.startswith(mark):
            return (mark.strip(), unescape(line[len(mark):]))
    if line == ">":
        return (">", "")
    words = line.split()
    least, most = WORDS.get(words[0], (99, 0))
    if not least <= len(words) - 1 <= most:
        raise Broken(line)
    return (words[0], *words[1:])


def parse(lines):
    """The parts, in order."""
    parts = []
    for line in lines:
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            parts.append(parse_heading(line))
        elif not parts:
            raise Broken("a step before the first [NAME]")
        else:
            parts[-1].steps.append(parse_step(line))
    if not parts:
        raise Broken("nothing in it")
    for part in parts:
        block_ends(part.steps)
    return parts


def block_ends(steps):
    """The index of the `end` of each `repeat`."""
    ends, open_blocks = {}, []
    for index, step in enumerate(steps):
        if step[0] == "repeat":
            open_blocks.append(index)
        elif step[0] == "end":
            if not open_blocks:
                raise Broken("end without repeat")
            ends[open_blocks.pop()] = index
    if open_blocks:
        raise Broken("repeat without end")
    return ends


def load(name):
    if not re.fullmatch("[a-z0-9-]+", name):
        raise Broken(name)
    with open(os.path.join(FOLDER, name), encoding="ascii") as file:
        return parse(file)


class Closing(Closed):
    """The trace has ended the connection itself."""
