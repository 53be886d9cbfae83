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


def header_of(request, name):
    prefix = f"{name.lower()}: "
    return next((line[len(prefix):] for line in request["headers"] if line.lower().startswith(prefix)), "-")


@row("/requests/TOKEN")
def requests(exchange):
    """The same in short, a line each: method, Range and If-Range, - for none."""
    lines = (f"{seen['method']} {header_of(seen, 'Range')} {header_of(seen, 'If-Range')}\n"
             for seen in STATE.seen(exchange.argument(0)))
    exchange.reply(200, "".join(lines))


@row("/connections/TOKEN")
def connections(exchange):
    """On which connection each came, a line each: its number, and "resumed" if it began with the TLS session of an
    earlier one, else "new"."""
    exchange.reply(200, "".join(f"{seen['connection']} {'resumed' if seen['resumed'] else 'new'}\n"
                                for seen in STATE.seen(exchange.argument(0))))


@row("/gaps/TOKEN")
def gaps(exchange):
    """The milliseconds between one request and the next, a line each."""
    times = [seen["time"] for seen in STATE.seen(exchange.argument(0))]
    exchange.reply(200, "".join(f"{int((later - earlier) * 1000)}\n" for earlier, later in zip(times, times[1:])))


@row("/sent/TOKEN")
def sent(exchange):
    """What each answer of /script has sent until the next request came, a line each: status, offset of the first byte,
    number of bytes."""
    exchange.reply(200, "".join("%d %d %d\n" % answer for answer in STATE.all_sent(exchange.argument(0))))


@row("/total/TOKEN")
def total(exchange):
    """How many bytes of the body they have sent in all, also side by side."""
    exchange.reply(200, f"{STATE.total.get(exchange.argument(0), 0)}\n")


@row("/beside/TOKEN")
def beside(exchange):
    """How many other answers of /script were on their way when each request came, a line each."""
    exchange.reply(200, "".join(f"{count}\n" for count in STATE.all_beside(exchange.argument(0))))


@row("/few/TOKEN[?count=1][&since=0]")
def few(exchange):
    """Answers when at most so many answers of /script are on their way, and so many have begun; 504 after a minute."""
    waited(exchange, STATE.wait_few(exchange.argument(0), exchange.number("count", 1), exchange.number("since", 0)))


@row("/gone/TOKEN[?count=1]")
def gone(exchange):
    """Answers when that many clients have left amid an answer that was held back; 504 after a minute."""
    waited(exchange, STATE.wait_gone(exchange.argument(0), exchange.number("count", 1)))


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
