# SPDX-License-Identifier: MIT
"""Wire traces (tests/hostile), by name."""

import itertools
import os
import threading

from .player import Play
from .table import row
from .trace import FOLDER, Broken

LOCK = threading.Lock()
NUMBERS = itertools.count(1)
PLAYS = {}


@row("/play/TRACE")
def play(exchange):
    """Begins to play that trace on ports of its own. A line with the URL of each of its servers, `NAME=URL`, and one
    with the number of the play, `play=N`."""
    from .server import Listener

    try:
        begun = Play(exchange.argument(0), Listener, os.path.dirname(exchange.origins["CA_FILE"]))
    except (OSError, Broken) as error:
        exchange.reply(404, f"{exchange.argument(0)}: {error}\n")
        return
    number = next(NUMBERS)
    with LOCK:
        PLAYS[number] = begun
    lines = [f"play={number}"] + [f"{name}={begun.url(name)}" for name in begun.listeners]
    exchange.reply(200, "\n".join(lines) + "\n")


@row("/played/N")
def played(exchange):
    """Ends that play: what its servers were asked, in one line; see tests/hostile/README.md."""
    with LOCK:
        begun = PLAYS.pop(int(exchange.argument(0)))
    begun.end()
    exchange.reply(200, begun.summary())


@row("/traces")
def traces(exchange):
    """The names of all traces, a line each."""
    exchange.reply(200, "".join(f"{name}\n" for name in sorted(os.listdir(FOLDER)) if "." not in name))
