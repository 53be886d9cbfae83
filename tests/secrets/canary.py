# SPDX-License-Identifier: MIT
"""Secrets that can be found again: random words, and every form in which one could have got out."""

import base64
import os
import random
import re
import string


SIZE = 18

SEED = int(os.environ.get("WINRT_TEST_SEED", random.randrange(1, 1 << 32)))
_random = random.Random(SEED)


def words_of(text):
    """In the three places that a text has among the groups of Base64, without the edges that depend on its
    neighbours."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + text + bytes(-(before + len(text)) % 3))
        first = (before * 8 + 5) // 6
        yield coded[first:(before + len(text)) * 8 // 6]


def forms_of(secret):
    plain = secret.encode()
    wide = secret.encode("utf-16-le")
    forms = {
        "plain": plain,
        "reversed": plain[::-1],
        "UTF-16LE": wide,
        "UTF-16BE": secret.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "reversed hex": plain[::-1].hex().encode(),
        "hex of UTF-16": wide.hex().encode(),
        "percent-encoded": "".join(f"%{byte:02x}" for byte in plain).encode(),
    }
    for number, coded in enumerate(words_of(plain)):
        forms[f"Base64 at {number}"] = coded
        forms[f"Base64 at {number} for URLs"] = coded.translate(bytes.maketrans(b"+/", b"-_"))
    return forms


def plainer(text):
    """The same bytes without what programs put between the digits of binary values: `hex:6b,00,\\` and the like."""
    return re.sub(rb"(?<=[0-9a-fA-F]),(\\\r?\n *)?(?=[0-9a-fA-F])", b"", text)


class Canary:
    def __init__(self, name):
        self.name = name
        self.text = "Cnry" + "".join(_random.choices(string.ascii_letters + string.digits, k=SIZE))
        self.forms = {form: (word, word.lower()) for form, word in forms_of(self.text).items()}

    def __str__(self):
        return self.text

    def found_in(self, text):
        """The form in which it is in these bytes, or None."""
        for candidate in {text, plainer(text)}:
            lower = candidate.lower()
            for form, (word, folded) in self.forms.items():
                # Hexadecimal digits may have either case; and nothing else looks like a whole canary by chance.
                if word in candidate or ("hex" in form or "percent" in form or form == "plain") and folded in lower:
                    return form
        return None


class Canaries(dict):
    """By name; `canaries.uri_password` is the word."""

    def __init__(self, *names):
        super().__init__((name, Canary(name)) for name in names)

    def __getattr__(self, name):
        return self[name].text

    def found_in(self, text, *but):
        """[(name, form)] of those that are in the bytes."""
        found = ((name, canary.found_in(text)) for name, canary in self.items() if name not in but)
        return [(name, form) for name, form in found if form]
