#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares what no header shows with the tables: contracts, exclusive-to, required interfaces, and the
interfaces, factories and statics of runtime classes.

usage: check_idl.py TABLES IDL-FOLDER

Interfaces that classes.tsv names and interfaces.tsv does not describe are not declared, and are passed
over here.
"""

import re
import sys
from pathlib import Path

from abi_model import Model, spaceless, split_top

DECLARATION = re.compile(
    r"\[(?P<attributes>[^\[\]]*)\]\s*(?P<kind>interface|runtimeclass)\s+(?P<name>\w+)\s*"
    r"(?::\s*IInspectable\s*(?:requires(?P<requires>[^{]*))?)?\{(?P<body>[^}]*)\}", re.S)


def namespaces(text):
    """(namespace, its body) for each block of the file."""
    for match in re.finditer(r"^namespace ([\w.]+) \{\n(.*?)^\}", text, re.S | re.M):
        yield match.group(1), match.group(2)


def attributes_of(text):
    """[('uuid', 'c1c7...'), ('static', 'A.IB, Contract, 1.0'), ...]"""
    pairs = []
    for each in split_top(text):
        match = re.fullmatch(r"(\w+)(?:\((.*)\))?", each, re.S)
        pairs.append((match.group(1), match.group(2) or ""))
    return pairs


def read(folder):
    found = {}
    for path in sorted(Path(folder).glob("*.idl")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for namespace, body in namespaces(text):
            for match in DECLARATION.finditer(body):
                found[f"{namespace}.{match['name']}"] = match
    return found


def known(model, name):
    return name in model.interfaces or spaceless(name) in model.generics


def check_interface(interface, match):
    attributes = dict(attributes_of(match["attributes"]))
    requires = [spaceless(each) for each in split_top(match["requires"] or "")]
    yield "uuid", interface.iid, attributes.get("uuid", "").lower()
    yield "contract", interface.contract.replace(" ", ", "), attributes.get("contract", "")
    yield "exclusiveto", interface.exclusive_to, attributes.get("exclusiveto", "")
    yield "requires", interface.requires, requires


def check_class(model, row, match):
    _, default, others, activation = row
    body = re.sub(r"\[contract\([^)]*\)\]", "", match["body"])
    defaults = re.findall(r"\[default\]\s*interface\s+([^;]+);", body)
    rest = re.findall(r"^\s*interface\s+([^;]+);", body, re.M)
    yield "default", [spaceless(default)] if default else [], [spaceless(each) for each in defaults]
    yield ("interfaces", [spaceless(each) for each in split_top(others) if known(model, each)],
           [spaceless(each) for each in rest])
    wanted, given = [], []
    for kind, interface in re.findall(r"(activatable|static)\(([\w.]*)\)", activation):
        if not interface or known(model, interface):
            wanted.append((kind, interface))
    for kind, value in attributes_of(match["attributes"]):
        if kind in ("activatable", "static"):
            interface = value.split(",")[0].strip()
            given.append((kind, "" if interface.endswith("Contract") else interface))
            if interface and known(model, interface):
                contract = model.interfaces[interface].contract.replace(" ", ", ")
                yield f"contract of {interface}", contract, value.split(",", 1)[1].strip()
    yield "activation", sorted(wanted), sorted(given)


def main():
    model, found, wrong = Model(sys.argv[1]), read(sys.argv[2]), 0
    interfaces = [each for each in model.interfaces.values() if not each.delegate]
    for name in [each.name for each in interfaces] + list(model.classes):
        if name not in found:
            print(f"{name} is not declared")
            wrong += 1
            continue
        checks = (check_class(model, model.classes[name], found[name]) if name in model.classes
                  else check_interface(model.interfaces[name], found[name]))
        for what, wanted, given in checks:
            if wanted != given:
                print(f"{name}: {what} is {given}, expected {wanted}")
                wrong += 1
    print(f"{len(interfaces)} interfaces, {len(model.classes)} classes, {wrong} wrong")
    sys.exit(1 if wrong or model.problems or not model.classes else 0)


if __name__ == "__main__":
    main()
