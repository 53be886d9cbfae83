# SPDX-License-Identifier: MIT
"""ftp servers, each at a port of its own: one as it should be, the others wrong in one way. By pyftpdlib, a real one.

A program of its own, since pyftpdlib may be installed for another Python than the one that runs the tests; ftp.py
starts it. Prints NAME=port lines and an empty one, then serves until its standard input ends."""

import logging
import os
import sys
import threading

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import DTPHandler, FTPHandler
from pyftpdlib.servers import FTPServer

STOP_AT = 1 << 20  # where the wrong ones stop within a file


class Limited:
    """A producer that gives `left` bytes and then calls `stopped`."""

    def __init__(self, producer, left, stopped):
        self.producer = producer
        self.left = left
        self.stopped = stopped
        self.rest = b""

    def more(self):
        if not self.left:
            self.stopped()
            return b""
        data = self.rest or self.producer.more()
        self.rest = data[self.left:]
        data = data[:self.left]
        self.left -= len(data)
        return data


class CutData(DTPHandler):
    """Ends each connection for data when it has sent so much, and tells it by 426."""

    def push_with_producer(self, producer):
        DTPHandler.push_with_producer(self, Limited(producer, STOP_AT, self.cut))

    def cut(self):
        self._resp = ("426 cut", logging.debug)
        self.close()


class Held(Exception):
    pass


class HeldData(DTPHandler):
    """Sends so much of a file that is asked for from its start for the first time, and then waits until the client
    goes away."""
    seen = set()
    held = False

    def push_with_producer(self, producer):
        name = self.file_obj.name
        if name not in self.seen and self.file_obj.tell() == 0:
            self.seen.add(name)
            producer = Limited(producer, STOP_AT, self.hold)
        DTPHandler.push_with_producer(self, producer)

    def hold(self):
        raise Held

    def initiate_send(self):
        if self.held:
            return
        try:
            DTPHandler.initiate_send(self)
        except Held:
            self.held = True
            self.modify_ioloop_events(self.ioloop.READ)  # which tells when the client has gone


class Handler(FTPHandler):
    use_sendfile = False
    timeout = 0
    refused = ()  # commands that it does not know
    unanswered = ()

    def pre_process_command(self, line, cmd, arg):
        if cmd in self.unanswered:
            return
        if cmd in self.refused:
            self.respond("502 not here")
            return
        FTPHandler.pre_process_command(self, line, cmd, arg)


class CutHandler(Handler):
    dtp_handler = CutData


class HeldHandler(Handler):
    dtp_handler = HeldData


class NoRestHandler(HeldHandler):
    refused = ("REST",)


class PlainHandler(Handler):
    """Tells neither size nor time."""
    refused = ("SIZE", "MDTM")


class PlainCutHandler(PlainHandler):
    dtp_handler = CutData


class ElsewhereHandler(Handler):
    """Says that data come from another host."""
    refused = ("EPSV",)
    masquerade_address = "127.0.0.77"


class SilentHandler(Handler):
    unanswered = ("RETR", "QUIT")


class MuteEndHandler(PlainHandler):
    """Never says whether the file has ended, nor goodbye."""
    unanswered = ("QUIT",)

    def respond(self, resp, logfun=logging.debug):
        if not resp.startswith("226"):
            PlainHandler.respond(self, resp, logfun)


class BusyHandler(Handler):
    """Has too many users for the first connection."""
    connections = 0

    def on_connect(self):
        BusyHandler.connections += 1
        if BusyHandler.connections % 2:
            self.respond("421 too many users")
            self.close_when_done()


class LockedHandler(Handler):
    """Cannot give a file when it is asked for it for the first time."""
    seen = set()

    def ftp_RETR(self, file):
        if file in self.seen:
            return Handler.ftp_RETR(self, file)
        self.seen.add(file)
        self.respond("450 in use")
        return None


class DumbHandler(Handler):
    """Does not greet."""

    def handle(self):
        pass


HANDLERS = {
    "FTP": Handler, "FTP_CUT": CutHandler, "FTP_HELD": HeldHandler, "FTP_NO_REST": NoRestHandler,
    "FTP_PLAIN": PlainHandler, "FTP_PLAIN_CUT": PlainCutHandler, "FTP_ELSEWHERE": ElsewhereHandler,
    "FTP_SILENT": SilentHandler, "FTP_MUTE_END": MuteEndHandler, "FTP_BUSY": BusyHandler,
    "FTP_LOCKED": LockedHandler, "FTP_DUMB": DumbHandler,
}


def authorizer(folder):
    users = DummyAuthorizer()
    users.add_anonymous(folder)
    users.add_user("user", "p@ss word", folder, perm="elr")
    return users


def main():
    logging.basicConfig(level=logging.ERROR)
    users = authorizer(sys.argv[1])
    servers = {}
    for name, base in HANDLERS.items():
        servers[name] = FTPServer(("127.0.0.1", 0), type(name, (base,), {"authorizer": users}))
        print(f"{name}={servers[name].address[1]}")
    print(flush=True)

    def wait():
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
    servers["FTP"].serve_forever(handle_exit=False)


if __name__ == "__main__":
    main()
