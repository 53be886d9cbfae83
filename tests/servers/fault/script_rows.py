# SPDX-License-Identifier: MIT
"""What a transfer that is resumed or tried again can meet: a script of answers, one a request. steps.py has them."""

from .state import STATE
from .steps import STEPS, Script
from .table import row


def step_texts():
    return "; ".join(f"{usage}: {text}" for usage, text, _ in STEPS.values())


def script(exchange):
    script_ = Script(exchange)
    STATE.begin(script_.token, exchange.connection)
    try:
        script_.step(script_, *script_.arguments)
    finally:
        STATE.end(script_.token, exchange.connection)


# Its docstring is made of the steps'.
script.__doc__ = f"""A file of SIZE bytes, and a step for each request with this token in turn, the last one from then
    on. A step is NAME[:ARGUMENT][@VERSION][*TIMES]; the body and validators of another VERSION (1) are different, its
    size is not. What is said to be good obeys Range and If-Range. Steps: {step_texts()}."""

row("/script/SIZE?token=T[&steps=STEP,STEP,...][&etag=weak|none|TEXT][&modified=none|DATE][&date=none|DATE]"
    "[&ranges=no|none][&zero=200][&rate=BYTES-A-SECOND]")(script)


def half_of(exchange):
    return exchange.number("half", int(exchange.argument(0)) // 2 + 1)


@row("/sample-download/SIZE?token=T[&steps=STEP,...]")
def sample_download(exchange):
    """Scenario 1 of Microsoft's sample: ETag "SampleETag", no Last-Modified; a Range is obeyed only if If-Range is that
    tag exactly. Steps as /script."""
    query = exchange.request.query
    query |= {"etag": "SampleETag", "modified": "none"}
    if exchange.request.header("If-Range") != '"SampleETag"':
        query["ranges"] = "no"
        query["announce"] = "yes"
    script(exchange)


@row("/expiring/SIZE?token=T[&shouldExpire=yes]")
def expiring(exchange):
    """Scenario 6 of Microsoft's sample: Last-Modified alone; with shouldExpire the connection is cut when more than
    half was sent, and every Range that does not begin at 0 gets 403."""
    query = exchange.request.query
    query |= {"etag": "none"}
    if exchange.option("shouldExpire") == "yes":
        wanted = exchange.request.header("Range", "bytes=0-")
        query["steps"] = f"cut:{half_of(exchange)}" if wanted.startswith("bytes=0-") else "status:403"
    else:
        query["steps"] = "ok"
    script(exchange)
