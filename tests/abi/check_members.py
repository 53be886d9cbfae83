# SPDX-License-Identifier: MIT
"""docs/members.md against the tables and the tests: every member of the interfaces that it is about stands in it once,
and every test that it names exists.

    check_members.py TABLES DOCS TESTS
"""

import pathlib
import re
import sys

NAMESPACE = "Windows.Networking.BackgroundTransfer."
INTERFACES = re.compile(r"I(DownloadOperation\d?|BackgroundTransferOperation(Priority)?"
                        r"|BackgroundDownloader(StaticMethods2?|UserConsent|Factory))")


def members_of(tables):
    """{interface: [method]} of the table."""
    result = {}
    for line in (tables / "interfaces.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        name = fields[0].removeprefix(NAMESPACE)
        if fields[0].startswith(NAMESPACE) and INTERFACES.fullmatch(name):
            result.setdefault(name, []).append(fields[6])
    return result


def test_exists(tests, name):
    parts = name.split(".")
    area, file, function = parts if len(parts) == 3 else ["api", *parts]
    folder = tests / area
    for path in (folder / f"test_{file}.c", folder / f"test_{file}.cpp"):
        if path.exists() and re.search(rf"cmocka_unit_test[a-z_]*\({function}\b", path.read_text(encoding="utf-8")):
            return True
    script = folder / f"test_{file}.py"
    return script.exists() and f"def test_{function}(" in script.read_text(encoding="utf-8")


def main():
    tables, docs, tests = map(pathlib.Path, sys.argv[1:])
    missing = members_of(tables)
    wrong = []
    interface = None
    for line in (docs / "members.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            interface = line[3:]
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if interface not in missing or len(cells) != 3 or not cells[0].startswith("`"):
            continue
        for member in re.findall(r"`(\w+)`", cells[0]):
            if member in missing[interface]:
                missing[interface].remove(member)
            else:
                wrong.append(f"{interface}.{member}: no such member, or twice")
        names = re.findall(r"`([\w.]+)`", cells[2])
        if not names:
            wrong.append(f"{interface}: {cells[0]} has no test")
        wrong += [f"{interface}: there is no test {name}" for name in names if not test_exists(tests, name)]
    wrong += [f"{name}.{member} is missing" for name, members in missing.items() for member in members]
    print("\n".join(wrong) or f"{len(missing)} interfaces")
    sys.exit(1 if wrong else 0)


main()
