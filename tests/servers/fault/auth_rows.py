# SPDX-License-Identifier: MIT
"""Pages that want credentials. Every test has names of its own, given in the path."""

import base64
import hashlib
import re
import secrets

from .table import row


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@row("/basic/USER/PASSWORD")
def basic_(exchange):
    """401 unless the request has these as Basic credentials; then what /echo answers."""
    from .status_rows import echo
    if exchange.request.header("Authorization") == basic(exchange.argument(0, ""), exchange.argument(1, "")):
        echo(exchange)
    else:
        exchange.reply(401, "who are you?\n", [("WWW-Authenticate", 'Basic realm="test", charset="UTF-8"')])


def digest_is_right(exchange, user, password):
    fields = dict(re.findall(r'(\w+)="?([^",]+)"?', exchange.request.header("Authorization", "")))
    if not {"username", "nonce", "uri", "response", "nc", "cnonce", "qop"} <= fields.keys():
        return False

    def md5(text):
        return hashlib.md5(text.encode()).hexdigest()

    secret = md5(f"{user}:test:{password}")
    request = md5(f"{exchange.request.method}:{fields['uri']}")
    proof = md5(":".join((secret, fields["nonce"], fields["nc"], fields["cnonce"], fields["qop"], request)))
    return fields["username"] == user and fields["response"] == proof


@row("/digest/USER/PASSWORD")
def digest(exchange):
    """401 unless the request has these as Digest credentials (MD5, auth); then what /echo answers."""
    from .status_rows import echo
    if digest_is_right(exchange, exchange.argument(0, ""), exchange.argument(1, "")):
        echo(exchange)
    else:
        challenge = f'Digest realm="test", qop="auth", nonce="{secrets.token_hex(16)}", algorithm=MD5'
        exchange.reply(401, "who are you?\n", [("WWW-Authenticate", challenge)])
