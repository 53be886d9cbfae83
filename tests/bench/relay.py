#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""relay.py PORT MILLISECONDS: hands on what comes to a port of its own, which it prints, to 127.0.0.1:PORT, so late
that a round trip takes so long; what a handshake would have taken is added to the first bytes. Ends with its standard
input. It limits no speed: what is under way waits in memory, as it would on a long wire, up to 64 MiB a connection."""

import asyncio
import collections
import sys

MOST_UNDER_WAY = 64 << 20


class Pipe(asyncio.Protocol):
    """One end of a connection; what it receives goes to the other end later."""

    def __init__(self, delay, extra=0.0):
        self.delay = delay
        self.not_before = extra and asyncio.get_running_loop().time() + extra
        self.transport = None
        self.other = None
        self.under_way = collections.deque()  # due time and data; None is the end
        self.size = 0
        self.timer = None

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(high=MOST_UNDER_WAY)

    def data_received(self, data):
        self.send_later(data)
        self.size += len(data)
        if self.size > MOST_UNDER_WAY:
            self.transport.pause_reading()

    def eof_received(self):
        self.send_later(None)
        return True

    def connection_lost(self, _):
        self.send_later(None)

    def send_later(self, data):
        now = asyncio.get_running_loop().time()
        self.under_way.append((max(now, self.not_before) + self.delay, data))
        if not self.timer:
            self.timer = asyncio.get_running_loop().call_at(self.under_way[0][0], self.send)

    def send(self):
        loop = asyncio.get_running_loop()
        due = []
        while self.under_way and self.under_way[0][0] <= loop.time():
            due.append(self.under_way.popleft()[1])
        data = b"".join(piece for piece in due if piece is not None)
        self.size -= len(data)
        if self.size <= MOST_UNDER_WAY and not self.transport.is_closing():
            self.transport.resume_reading()
        if self.other and not self.other.transport.is_closing():
            self.other.transport.write(data)
            if None in due:
                self.other.transport.close()
        self.timer = loop.call_at(self.under_way[0][0], self.send) if self.under_way else None


class Accepted(Pipe):
    """A client's end: connects to the server, and reads only then."""

    def __init__(self, delay, port):
        super().__init__(delay, extra=2 * delay)
        self.port = port
        self.connecting = None

    def connection_made(self, transport):
        super().connection_made(transport)
        transport.pause_reading()
        self.connecting = asyncio.get_running_loop().create_task(self.connect())

    async def connect(self):
        loop = asyncio.get_running_loop()
        try:
            _, self.other = await loop.create_connection(lambda: Pipe(self.delay), "127.0.0.1", self.port)
        except OSError:
            self.transport.abort()
            return
        self.other.other = self
        if self.transport.is_closing():
            self.other.transport.close()
        else:
            self.transport.resume_reading()


async def main(port, milliseconds):
    loop = asyncio.get_running_loop()
    delay = milliseconds / 2000
    server = await loop.create_server(lambda: Accepted(delay, port), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
