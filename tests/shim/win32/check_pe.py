#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_pe.py OBJDUMP ALLOWED [--exports NAME,NAME...] FILE...

What the PE files need of others is in the list ALLOWED, one DLL's name or pattern a line; and with --exports, they
export those names and no other.
"""

import fnmatch
import re
import subprocess
import sys


def headers(objdump, path):
    result = subprocess.run([objdump, "-p", path], capture_output=True, text=True, check=True)
    return result.stdout


def imports(text):
    return re.findall(r"^\s*DLL Name: (\S+)$", text, re.MULTILINE)


def exports(text):
    """The rows of the table of names: "[   0] DllCanUnloadNow", with or without the address in front."""
    found = re.search(r"^\[Ordinal/Name Pointer\] Table.*?\n(.*?)\n\n", text + "\n\n", re.MULTILINE | re.DOTALL)
    return re.findall(r"^\s*\[\s*\d+\].*\s(\S+)$", found.group(1), re.MULTILINE) if found else []


def load_allowed(path):
    with open(path, encoding="utf-8") as file:
        lines = (line.split("#")[0].strip() for line in file)
        return [line.lower() for line in lines if line]


def complaints(path, text, allowed, expected):
    needed = imports(text)
    if not needed:
        yield f"{path}: no imports were found, not even of the C library"
    for name in needed:
        if not any(fnmatch.fnmatchcase(name.lower(), pattern) for pattern in allowed):
            yield f"{path}: imports {name}, which is no DLL of the system"
    if expected is not None and sorted(exports(text)) != sorted(expected):
        yield f"{path}: exports {exports(text)} instead of {expected}"


def main(arguments):
    objdump, allowed, *files = arguments
    expected = None
    if files[0] == "--exports":
        expected = files[1].split(",")
        files = files[2:]
    names = load_allowed(allowed)
    found = [line for path in files for line in complaints(path, headers(objdump, path), names, expected)]
    print("\n".join(found) or f"{len(files)} files need nothing but the system")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
