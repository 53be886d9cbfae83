# SPDX-License-Identifier: MIT
"""What tests ask the server about: they wait here instead of sleeping."""

import json

from .state import STATE
from .table import row


def waited(exchange, happened):
    exchange.reply(200 if happened else 504, "yes\n" if happened else "it did not happen in time\n")


@row("/seen/TOKEN")
def seen(exchange):
    """The requests so far that had ?token=TOKEN (or came to a proxy for TOKEN.proxy.test), as JSON, like /echo."""
    exchange.reply(200, json.dumps(STATE.seen(exchange.argument(0)), indent=0) + "\n", content_type="application/json")


@row("/count/TOKEN")
def count(exchange):
    """How many they are."""
    exchange.reply(200, str(len(STATE.seen(exchange.argument(0)))))


@row("/arrived/TOKEN[?count=1]")
def arrived(exchange):
    """Answers when there are that many; 504 after a minute."""
    waited(exchange, STATE.wait_seen(exchange.argument(0), exchange.number("count", 1)))


@row("/held/TOKEN[?count=1]")
def held(exchange):
    """Answers when that many answers of /hold/TOKEN have come to their latch; 504 after a minute."""
    waited(exchange, STATE.wait_held(exchange.argument(0), exchange.number("count", 1)))


@row("/release/TOKEN[?count=1000000]")
def release(exchange):
    """Lets that many answers of /hold/TOKEN go on, also ones that come later."""
    STATE.release(exchange.argument(0), exchange.number("count", 1000000))
    exchange.reply(200, "released\n")
