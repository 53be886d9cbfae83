# SPDX-License-Identifier: MIT
"""A forward proxy to loopback: absolute-form requests and CONNECT. Any host NAME.proxy.test is the fault server,
whatever the port, so that a request that arrives there has certainly come through a proxy; it is recorded under NAME,
and one to another host under that host's name."""

import socket
import threading
import urllib.parse

from .auth_rows import basic
from .state import STATE
from .wire import Closed, Connection, Exchange

DOMAIN = ".proxy.test"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Proxy:
    """`credentials`: what Proxy-Authorization must be, or None."""

    def __init__(self, fault_port, fault_tls_port, user=None, password=None):
        self.fault_ports = {"http": fault_port, "https": fault_tls_port}
        self.credentials = basic(user, password) if user else None

    def serve(self, connection, origins):
        request = connection.read_request()
        exchange = Exchange(connection, request, origins)
        tunnel = request.method == "CONNECT"
        if tunnel:
            target = urllib.parse.urlsplit("//" + request.target)
            host, port, scheme = target.hostname, target.port, "https"
        else:
            connection.read_body(request)
            target = urllib.parse.urlsplit(request.target)
            host, port, scheme = target.hostname, target.port or 80, target.scheme
        description = request.describe(False, connection.port)
        description["proxy"] = True
        STATE.record(str(host).removesuffix(DOMAIN), description)
        if self.credentials and request.header("Proxy-Authorization") != self.credentials:
            exchange.reply(407, "who are you?\n", [("Proxy-Authenticate", 'Basic realm="proxy"'),
                                                   ("Connection", "close")])
            return
        if host and host.endswith(DOMAIN):
            host, port = "127.0.0.1", self.fault_ports[scheme]
        if host not in LOOPBACK:
            exchange.reply(502, f"{host} is not here\n")
            return
        self.forward(exchange, tunnel, host, port)

    def forward(self, exchange, tunnel, host, port):
        request = exchange.request
        try:
            upstream = socket.create_connection((host, port), timeout=30)
        except OSError as error:
            exchange.reply(502, f"{host}:{port}: {error}\n")
            return
        upstream.settimeout(None)
        if tunnel:
            exchange.connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            Connection(upstream, False, port).send(origin_form(request))
        back = threading.Thread(target=copy, args=(upstream, exchange.connection.sock), daemon=True)
        back.start()
        if tunnel:
            if exchange.connection.buffer:
                upstream.sendall(exchange.connection.buffer)
            copy(exchange.connection.sock, upstream)
        back.join()
        upstream.close()


def origin_form(request):
    parts = urllib.parse.urlsplit(request.target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers
              if name.lower() not in ("connection", "proxy-connection", "proxy-authorization", "transfer-encoding",
                                      "content-length", "expect")]
    if request.body:
        lines.append(f"Content-Length: {len(request.body)}")
    lines += ["Via: 1.1 test-proxy", "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + request.body


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except (OSError, Closed):
        for sock in (source, target):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
