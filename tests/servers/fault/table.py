# SPDX-License-Identifier: MIT
"""The table of rows. The first path segment of a request names its row."""

ROWS = {}


def row(usage):
    """Registers a function of an Exchange; its name, with - for _, is the row's, its docstring says what it does."""

    def register(function):
        name = function.__name__.rstrip("_").replace("_", "-")
        ROWS[name] = (usage, " ".join(function.__doc__.split()), function)
        return function

    return register


def listing():
    return "".join(f"{usage}\n    {text}\n" for usage, text, _ in sorted(ROWS.values(), key=lambda r: r[0]))


def answer(exchange):
    name = exchange.request.segments[0] if exchange.request.segments else ""
    if name in ROWS:
        ROWS[name][2](exchange)
    elif name == "":
        exchange.reply(200, listing())
    else:
        exchange.reply(404, f"no row is named {name}\n")
