# SPDX-License-Identifier: MIT
"""The tables of the public ABI in memory: types, interfaces with their methods, identifiers.

Nothing here looks at the IDL or at the generated headers: what the checks expect is built from the
tables alone.
"""

import hashlib
import re
import uuid
from pathlib import Path

# What precedes an interface's own methods.
UNKNOWN_SLOTS = ["QueryInterface", "AddRef", "Release"]
INSPECTABLE_SLOTS = UNKNOWN_SLOTS + ["GetIids", "GetRuntimeClassName", "GetTrustLevel"]

# The namespace of name-based identifiers of parameterized types (Windows Runtime type system).
PARAMETERIZED_NAMESPACE = uuid.UUID("11f47ad5-7b73-42c0-abae-878b1e16adee")

# Base types: how the SDK spells them inside a parameterized type's C name, and their signature.
BASE_TYPES = {
    "boolean": ("boolean", "b1"), "BYTE": ("byte", "u1"), "INT16": ("INT16", "i2"),
    "UINT16": ("UINT16", "u2"), "INT32": ("int", "i4"), "UINT32": ("UINT32", "u4"),
    "INT64": ("INT64", "i8"), "UINT64": ("UINT64", "u8"), "FLOAT": ("FLOAT", "f4"),
    "DOUBLE": ("DOUBLE", "f8"), "WCHAR": ("WCHAR", "c2"), "GUID": ("GUID", "g16"),
    "HSTRING": ("HSTRING", "string"), "IInspectable": ("IInspectable", "cinterface(IInspectable)"),
}
SIZES = {"boolean": 1, "BYTE": 1, "INT16": 2, "UINT16": 2, "INT32": 4, "UINT32": 4, "FLOAT": 4,
         "INT64": 8, "UINT64": 8, "DOUBLE": 8}

# Enumerations of flags, whose underlying type is UINT32 (the tables give no types).
FLAGS = {"Windows.Storage.FileAttributes", "Windows.Storage.StorageItemTypes",
         "Windows.Storage.StorageOpenOptions", "Windows.Storage.FileProperties.ThumbnailOptions",
         "Windows.Storage.Streams.InputStreamOptions", "Windows.Networking.Connectivity.RoamingStates",
         "Windows.Networking.HostNameSortOptions"}

# Classes that stand in no table and whose default interface is not named after them.
DEFAULT_INTERFACES = {
    "Windows.Storage.FileProperties.StorageItemThumbnail":
        "Windows.Storage.Streams.IRandomAccessStreamWithContentType",
    "Windows.Storage.StreamedFileDataRequest": "Windows.Storage.Streams.IOutputStream",
}

# What stands in no table and is no class: it stands for itself in signatures.
OUTSIDE = {"Windows.Foundation.Collections.IPropertySet", "Windows.Networking.HostNameSortOptions"}


def split_top(text, separator=","):
    """Splits at separators that stand in no kind of brackets."""
    parts, depth, part = [], 0, ""
    for char in text:
        depth += {"<": 1, "(": 1, "[": 1, ">": -1, ")": -1, "]": -1}.get(char, 0)
        if char == separator and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += char
    if part.strip():
        parts.append(part.strip())
    return parts


def split_type(name):
    """'A.B<C, D>' -> ('A.B', ['C', 'D']); a plain name has no arguments."""
    match = re.fullmatch(r"([\w.]+)<(.*)>", name)
    return (match.group(1), split_top(match.group(2))) if match else (name, [])


def spaceless(name):
    """One spelling for types that differ in blanks only."""
    return re.sub(r",", ", ", re.sub(r"\s+", "", name))


def short(name):
    return name.rsplit(".", 1)[1] if "." in name else name


def namespace(name):
    return name.rsplit(".", 1)[0]


class Parameter:
    """One parameter: its type's name, how many pointers to it, its own name, its direction."""

    def __init__(self, text):
        self.out = bool(re.match(r"\[\s*out\b", text))
        size = re.search(r"size_is\s*\(\s*(,?)", text)
        self.callee_array = bool(size and size.group(1))  # allocated by the method
        self.caller_array = bool(size and not size.group(1))
        while text.startswith("["):
            text = text[text.index("]") + 1:].strip()
        match = re.fullmatch(r"(.*?)\s*(\**)\s*(\w+)", text)
        if not match:
            raise ValueError(f"not a parameter: {text}")
        self.type = spaceless(match.group(1))
        self.stars = len(match.group(2))
        self.name = match.group(3)


class Interface:
    """An interface or delegate, closed: its name in the tables, IID and own methods in order."""

    def __init__(self, name, iid):
        self.name = name
        self.iid = iid.lower()
        self.methods = []  # (slot, ABI name, [Parameter])
        self.delegate = False
        self.contract = self.exclusive_to = ""
        self.requires = []

    def base_slots(self):
        return UNKNOWN_SLOTS if self.delegate else INSPECTABLE_SLOTS

    def slots(self):
        return len(self.base_slots()) + len(self.methods)


class Model:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.enums, self.structs, self.classes, self.interfaces = {}, {}, {}, {}
        self.templates, self.generics, self.problems = {}, {}, []
        for name, enumerator, value in self.rows("enums.tsv", 3):
            self.enums.setdefault(name, []).append((enumerator, int(value, 0)))
        for name, fields in self.rows("structs.tsv", 2):
            self.structs[name] = [field.rsplit(" ", 1) for field in fields.split("; ")]
        for row in self.rows("classes.tsv", 4):
            self.classes[row[0]] = row
        self.read_interfaces()
        self.read_generics()
        self.c_names = self.rows("c-names.tsv", 2)

    def rows(self, name, width):
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        return [(row + [""] * width)[:width] for row in rows]

    def read_interfaces(self):
        for row in self.rows("interfaces.tsv", 8):
            name, iid, contract, exclusive_to, requires, slot, method, parameters = row
            interface = self.interfaces.setdefault(name, Interface(name, iid))
            interface.contract, interface.exclusive_to = contract, exclusive_to
            interface.requires = [spaceless(each) for each in split_top(requires)]
            if method != "-":
                self.add_method(interface, int(slot), method, parameters)
        for name, iid, parameters in self.rows("delegates.tsv", 3):
            interface = self.interfaces[name] = Interface(name, iid)
            interface.delegate = True
            self.add_method(interface, len(UNKNOWN_SLOTS), "Invoke", parameters)

    def add_method(self, interface, slot, method, parameters):
        expected = interface.slots()
        if slot != expected:
            self.problems.append(f"{interface.name}.{method}: slot {slot}, expected {expected}")
        interface.methods.append((slot, method, [Parameter(each) for each in split_top(parameters)]))

    def read_generics(self):
        for name, iid, slot, method, parameters in self.rows("open-generics.tsv", 5):
            base, variables = split_type(name)
            template = self.templates.setdefault(base, (iid, variables, []))
            template[2].append((int(slot), method, parameters))
        for name, iid, _ in self.rows("generics.tsv", 3):
            name = spaceless(name)
            computed = self.generic_iid(name)
            if computed != iid.lower():
                self.problems.append(f"{name}: the table has {iid}, its signature gives {computed}")
            self.generics[name] = self.instantiate(name, iid)

    def instantiate(self, name, iid):
        base, arguments = split_type(name)
        _, variables, methods = self.templates[base]
        values = dict(zip(variables, arguments, strict=True))
        interface = Interface(name, iid)
        interface.delegate = methods[0][1] == "Invoke"
        for slot, method, parameters in methods:
            text = re.sub(r"(?<![\w.])(\w+)(?![\w.])",
                          lambda match: values.get(match.group(1), match.group(1)), parameters)
            self.add_method(interface, slot, method, text)
        return interface

    # Signatures: the text of which a parameterized type's identifier is made.

    def default_interface(self, name):
        if name in self.classes:
            return spaceless(self.classes[name][1])
        return DEFAULT_INTERFACES.get(name, f"{namespace(name)}.I{short(name)}")

    def signature(self, name):
        name = name.rstrip("*")
        base, arguments = split_type(name)
        if arguments:
            iid = self.templates[base][0]
            return f"pinterface({{{iid}}};{';'.join(self.signature(each) for each in arguments)})"
        if name in BASE_TYPES:
            return BASE_TYPES[name][1]
        if name in self.enums:
            return f"enum({name};{'u4' if name in FLAGS else 'i4'})"
        if name in self.structs:
            fields = ";".join(self.signature(kind) for kind, _ in self.structs[name])
            return f"struct({name};{fields})"
        if name in self.interfaces:
            interface = self.interfaces[name]
            return f"{'delegate(' * interface.delegate}{{{interface.iid}}}{')' * interface.delegate}"
        return f"rc({name};{self.signature(self.default_interface(name))})"

    def generic_iid(self, name):
        text = self.signature(name).encode("utf-8")
        digest = bytearray(hashlib.sha1(PARAMETERIZED_NAMESPACE.bytes + text).digest()[:16])
        digest[6] = digest[6] & 0x0F | 0x50
        digest[8] = digest[8] & 0x3F | 0x80
        return str(uuid.UUID(bytes=bytes(digest)))

    # Names in C and C++.

    def all_interfaces(self):
        return list(self.interfaces.values()) + list(self.generics.values())

    def is_delegate(self, name):
        return name in self.interfaces and self.interfaces[name].delegate

    def mangle(self, name):
        """The part of a parameterized type's C name that stands for an argument."""
        name = name.rstrip("*")
        base, arguments = split_type(name)
        if arguments:
            kind = short(base)
            if self.templates[base][2][0][1] == "Invoke":
                kind = "I" + kind
            return f"__F{kind}_{len(arguments)}_{'_'.join(self.mangle(each) for each in arguments)}"
        return BASE_TYPES[name][0] if name in BASE_TYPES else name.replace(".", "__C")

    def c_name(self, name):
        """The C identifier of an interface, delegate, enumeration or struct."""
        if "<" in name:
            return self.mangle(name)
        if self.is_delegate(name):
            name = f"{namespace(name)}.I{short(name)}"
        return "__x_ABI_C" + name.replace(".", "_C")

    def pointee(self, name):
        """The type that stands for this one in a signature: a class's is its default interface."""
        known = name in OUTSIDE or any(name in table for table in (self.enums, self.structs, self.interfaces))
        if "." not in name or "<" in name or known:
            return name
        return self.default_interface(name)

    def c_type(self, parameter, cxx=False):
        name, stars = parameter.type, parameter.stars
        while name.endswith("*"):  # a type argument such as `Uri*`, substituted
            name, stars = name[:-1], stars + 1
        name = self.pointee(name)
        if "." not in name:
            text = name
        elif cxx and "<" not in name:
            if self.is_delegate(name):
                name = f"{namespace(name)}.I{short(name)}"
            text = "ABI::" + name.replace(".", "::")
        else:
            text = self.c_name(name)
        return f"{text} {'*' * stars}".rstrip()

    def layout(self, name):
        """(size, alignment, [(field, offset, type)]) by the natural rules."""
        offset, alignment, fields = 0, 1, []
        for kind, field in self.structs[name]:
            size = 4 if kind in self.enums else SIZES[kind]
            offset = -(-offset // size) * size
            fields.append((field, offset, kind))
            offset, alignment = offset + size, max(alignment, size)
        return -(-offset // alignment) * alignment, alignment, fields
