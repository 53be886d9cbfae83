# SPDX-License-Identifier: MIT
"""Redirects, right and wrong."""

from .table import row


def code_of(exchange):
    return exchange.number("code", 302)


@row("/redirect/COUNT[?code=302][&token=T]")
def redirect(exchange):
    """So many redirects, one after the other, to /bytes/1000."""
    count = int(exchange.argument(0))
    token = f"&token={exchange.option('token')}" if exchange.option("token") else ""
    target = f"/redirect/{count - 1}?code={code_of(exchange)}{token}" if count > 1 else f"/bytes/1000?{token[1:]}"
    exchange.reply(code_of(exchange), "moved\n", [("Location", target)])


@row("/redirect-loop[?code=302]")
def redirect_loop(exchange):
    """To itself, for ever."""
    exchange.reply(code_of(exchange), "moved\n", [("Location", exchange.request.target)])


@row("/redirect-to?url=URL[&code=302]")
def redirect_to(exchange):
    """To this Location, verbatim: another scheme, another origin, relative, or nonsense."""
    exchange.reply(code_of(exchange), "moved\n", [("Location", exchange.option("url"))])


@row("/redirect-origin/NAME/PATH[?code=302]")
def redirect_origin(exchange):
    """To the same PATH and query on the server that NAME (FAULT_HTTPS, FAULT_OTHER, NGINX_HTTP, ...) stands for."""
    name = exchange.argument(0)
    path = "/".join(exchange.request.segments[2:])
    query = "&".join(f"{key}={value}" for key, value in exchange.request.query.items() if key != "code")
    exchange.reply(code_of(exchange), "moved\n",
                   [("Location", f"{exchange.origins[name]}/{path}" + (f"?{query}" if query else ""))])


@row("/redirect-nowhere[?code=302]")
def redirect_nowhere(exchange):
    """A redirect without Location."""
    exchange.reply(code_of(exchange), "moved, but not where\n")
