# SPDX-License-Identifier: MIT
"""Sockets and threads: a listener a port, a thread a connection."""

import socket
import ssl
import threading

from . import table
from .state import STATE
from .wire import Closed, Connection, Exchange


def listen(port=0):
    """Listening sockets on both loopback addresses and one port; IPv6 is left out where there is none."""
    while True:
        four = socket.create_server(("127.0.0.1", port), backlog=1024)
        chosen = four.getsockname()[1]
        try:
            return chosen, [four, socket.create_server(("::1", chosen), family=socket.AF_INET6, backlog=1024)]
        except OSError as error:
            if not socket.has_ipv6 or error.errno not in (98, ):
                return chosen, [four]
            four.close()


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        return True
    except OSError:
        return False


class FaultHandler:
    """Serves the table."""

    def serve(self, connection, origins):
        while True:
            request = connection.read_request()
            connection.read_body(request)
            token = request.query.get("token")
            exchange = Exchange(connection, request, origins)
            # One of a client that was killed may be read after those of the next.
            if exchange.option("living") and connection.is_gone():
                return
            if token:
                seen = request.describe(connection.tls, connection.port) | connection.describe()
                exchange.turn = STATE.record(token, seen)
            table.answer(exchange)
            if not exchange.keep_alive:
                return


class Listener:
    def __init__(self, handler, context=None, origins=None):
        self.port, self.sockets = listen()
        self.handler = handler
        self.context = context
        self.origins = origins
        self.on_request = lambda: None

    def start(self):
        for sock in self.sockets:
            threading.Thread(target=self.accept, args=(sock, ), daemon=True).start()

    def accept(self, sock):
        while True:
            try:
                client, _ = sock.accept()
            except OSError:  # stopped
                return
            self.on_request()
            threading.Thread(target=self.serve, args=(client, ), daemon=True).start()

    def stop(self):
        """Connections that there are go on."""
        for sock in self.sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)  # which ends accept
            except OSError:
                pass
            sock.close()

    def serve(self, client):
        try:
            if self.context:
                client.settimeout(30)
                client = self.context.wrap_socket(client, server_side=True)
                client.settimeout(None)
        except (OSError, ssl.SSLError):
            client.close()
            return
        connection = Connection(client, self.context is not None, self.port)
        try:
            self.handler.serve(connection, self.origins)
        except (Closed, ValueError, TypeError):
            pass
        connection.close()
