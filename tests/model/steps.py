# SPDX-License-Identifier: MIT
"""The steps: each makes a call or lets the server do something, and tells the model what follows from it."""

import time

from model import (ACTIVE, Async, BROKEN, COMPLETED, CREATED, ENDED_EARLY, ENDED_WELL, E_ILLEGAL_DELEGATE_ASSIGNMENT,
                   E_ILLEGAL_METHOD_CALL, FINAL, LATER, PAUSED, PAUSING, QUEUED, RESTORED, S_OK, Transfer, WAITING,
                   adler)
from restarts import Restarts
from world import check

MOST = 14  # transfers at a time
REMEMBERED = 2048  # steps
AT_ONCE = 5  # steps that the engine may see together
GROUPS = ("", "", "old", "")
TRANSFER_GROUPS = ("", "one", "one", "two")
RECOVERABLE = (403, 404, 503)
SMALL, LARGE, RANDOM = 60000, 200000, 700000
HEADERS = ("X-One", "X-Two", "X-Three")

STEPS = (("create", 14), ("start", 14), ("attach", 8), ("pause", 7), ("resume", 8), ("cancel", 3), ("priority", 5),
         ("behavior", 3), ("current", 5), ("header", 4), ("unheader", 2), ("uri", 3), ("cost", 1), ("tag", 2),
         ("set_random", 1), ("show", 6), ("list", 4), ("handler", 4), ("results", 4), ("state", 3), ("close", 1),
         ("release", 4), ("drop", 3), ("go_on", 28), ("read", 5), ("ranges", 1), ("body", 2), ("burst", 3),
         ("flicker", 2), ("race_pause", 2), ("race_cancel", 2), ("restart", 0.5))


class Player(Restarts):
    def __init__(self, *arguments, chance, command, environment, tool):
        super().__init__(*arguments)
        self.chance = chance
        self.command = command
        self.environment = environment
        self.tool = tool
        self.life = 0
        self.names, self.weights = zip(*STEPS)
        self.begin()

    def step(self):
        name = self.chance.choices(self.names, self.weights)[0]
        self.note(name)
        self.count("steps")
        getattr(self, f"step_{name}")()
        self.settle()
        self.tidy()

    def tidy(self):
        """Those that nothing will come of any more."""
        steps = self.counts["steps"]
        if steps % 256:
            return
        for one in list(self.live):
            over = one.collected and not one.asyncs and one.operation is None
            one.over_since = (one.over_since or steps) if over else 0
            # Those that were collected just before a kill may come back.
            if over and steps - one.over_since > REMEMBERED:
                self.forget(one)
                self.live.remove(one)
                self.transfers[one.number] = None

    # Choosing

    def alive(self):
        """Those that a call may be about; the ended ones of late among them."""
        return [one for one in self.live if one.operation is not None or one.listed]

    def pick(self, *phases):
        found = [one for one in self.alive() if one.phase in phases or not phases]
        return self.chance.choice(found) if found else None

    def pick_async(self):
        found = [one for one in self.asyncs.values() if one.held]
        return self.chance.choice(found) if found else None

    def often(self, *phases):
        """One in such a state, or sometimes any."""
        return (self.pick(*phases) if self.chance.random() < 0.9 else None) or self.pick()

    # Making and starting

    def step_create(self):
        if len([one for one in self.alive() if not one.collected]) >= MOST:
            self.step_go_on()
            return
        chance = self.chance
        number = len(self.transfers)
        is_random = chance.random() < 0.1
        size = RANDOM if is_random else chance.randrange(1, SMALL) if chance.random() < 0.85 else LARGE
        transfer_group = chance.choice(TRANSFER_GROUPS)
        settings = {"method": "POST" if chance.random() < 0.05 and not is_random else "GET",
                    "group": "" if transfer_group else chance.choice(GROUPS), "transfer_group": transfer_group,
                    "priority": chance.choice((0, 0, 0, 1, 2)), "cost": chance.randrange(3),
                    "tag": chance.choice(("", f"tag {number}"))}
        recoverable = [status for status in RECOVERABLE if chance.random() < 0.3]
        headers = {name: str(chance.randrange(1000)) for name in HEADERS if chance.random() < 0.3}
        path = f"{self.folder}/{number}.bin" if chance.random() < 0.9 or is_random else None
        transfer = Transfer(number, size, random=is_random, recoverable=recoverable, headers=headers, file=path,
                            **settings)
        if path:
            with open(path, "wb"):
                pass
        fields = [f"{key}={value}" for key, value in settings.items() if value]
        fields += [f"recoverable={status}" for status in recoverable]
        fields += [f"header={name}: {value}" for name, value in headers.items()]
        fields += ["random=1"] if is_random else []
        rest = self.must("create", self.server.url + transfer.path, self.path_for_program(path) if path else "-",
                         *fields)
        transfer.operation, transfer.guid = int(rest[0]), rest[1]
        self.transfers.append(transfer)
        self.live.append(transfer)
        self.count("created")

    def begin_async(self, transfer, call, flags):
        expected = transfer.answer_of(call)
        code, rest = self.tell(call, self.operation(transfer), flags)
        check(code == expected, call, transfer, f"answers {code:08X}")
        if code != S_OK:
            return
        one = Async(transfer, int(rest[0]))
        one.progress, one.completed = "p" in flags, "c" in flags
        one.since = transfer.requests if one.progress else None
        transfer.asyncs.append(one)
        self.asyncs[one.number] = one

    def flags(self):
        return self.chance.choice(("pc", "pc", "pc", "c", "p", "-"))

    def step_start(self):
        transfer = self.often(CREATED)
        if not transfer:
            return
        created = transfer.phase == CREATED
        self.begin_async(transfer, "start", self.flags())
        if created:
            transfer.started = transfer.attached = True
            transfer.phase = QUEUED
            self.queue.add(transfer)

    def step_attach(self):
        transfer = self.often(RESTORED, *FINAL)
        if not transfer:
            return
        self.begin_async(transfer, "attach", self.flags())
        if transfer.phase == CREATED:
            return
        transfer.attached = True
        if transfer.phase == RESTORED:
            transfer.phase = QUEUED
            self.queue.add(transfer)

    # What the app says

    def call(self, transfer, name, *values):
        """Whether it was allowed, which is as it should be."""
        expected = transfer.answer_of(name)
        code, _ = self.tell(name, self.operation(transfer), *values)
        check(code == expected, name, transfer, f"answers {code:08X}")
        self.count("refused" if code else "allowed")
        return code == S_OK

    def step_pause(self):
        transfer = self.often(ACTIVE, QUEUED, LATER)
        if transfer and self.call(transfer, "pause"):
            self.paused(transfer)
            self.wait_for(transfer)

    def stopped(self, transfer):
        """In the middle of whatever it did; whether it has seen the latest head is not known."""
        if transfer.phase == ACTIVE:
            transfer.head = transfer.total = None
        transfer.exchange = None

    def paused(self, transfer):
        self.stopped(transfer)
        self.becomes(transfer, PAUSING)

    def wait_for(self, transfer):
        """It is as the model says; how many bytes there are is known then."""
        shown = self.poll(transfer, lambda now: now["status"] == self.expected(transfer)["status"], "does not become")
        self.note("   shown", shown["bytes"])
        if not transfer.random:
            check(transfer.low <= shown["bytes"] <= transfer.high, transfer, "shows", shown["bytes"], "bytes")
            transfer.settle_body(shown["bytes"])

    def step_resume(self):
        transfer = self.often(PAUSING, WAITING)
        if transfer and self.call(transfer, "resume"):
            self.resumed(transfer)

    def resumed(self, transfer):
        """One of an earlier process goes on as well, whether somebody has attached to it or not."""
        transfer.error = {}
        transfer.phase = QUEUED
        self.queue.add(transfer)

    def step_cancel(self):
        one = self.pick_async()
        if not one or one.closed:
            return
        if not self.has_ended(one):  # what comes before the object's end is another step's (race_cancel)
            self.operation(one.transfer)
        self.must("cancel", one.number)
        if not one.transfer.final:
            self.cancelled(one.transfer)
            self.wait_for(one.transfer)

    def cancelled(self, transfer):
        self.stopped(transfer)
        self.becomes(transfer, ENDED_EARLY)

    def step_priority(self):
        transfer = self.often(QUEUED, ACTIVE)
        if not transfer:
            return
        priority = self.chance.randrange(3)
        self.call(transfer, "priority", priority)
        waits = transfer.phase == QUEUED
        self.queue.set_priority(transfer, priority)
        # The engine may see only the last of several, and if that is the first again, none.
        if waits and self.counts["steps"] < transfer.priority_changed + AT_ONCE:
            self.queue.unclear[priority] = "all"
        transfer.priority_changed = self.counts["steps"]

    def step_behavior(self):
        name = self.chance.choice(("one", "two"))
        behavior = self.chance.randrange(2)
        check(self.must("group", name, behavior) == [str(behavior)], "group", name)
        self.queue.behavior[name] = behavior

    def step_current(self):
        transfer = self.often(QUEUED)
        if not transfer:
            return
        self.call(transfer, "current")
        room = self.queue.make_current(transfer)
        if room:
            one, last = room
            self.stopped(one)
            one.phase = QUEUED
            self.queue.make_room(one, last)
            self.count("made room")

    def step_header(self):
        transfer = self.pick()
        if not transfer:
            return
        name, value = self.chance.choice(HEADERS), str(self.chance.randrange(1000))
        if self.call(transfer, "header", name, value):
            before = transfer.headers.get(name)
            transfer.headers_before = dict(transfer.headers)
            transfer.headers[name] = f"{before}, {value}" if before else value

    def step_unheader(self):
        transfer = self.pick()
        name = self.chance.choice(HEADERS)
        if transfer and self.call(transfer, "unheader", name):
            transfer.headers_before = dict(transfer.headers)
            transfer.headers.pop(name, None)

    def step_uri(self):
        transfer = self.often(CREATED, PAUSING, WAITING)
        if not transfer or transfer.random:
            return
        if self.call(transfer, "uri", f"{self.server.url}/{transfer.number}/{transfer.url + 1}"):
            transfer.url += 1
            transfer.url_changed = True

    def step_cost(self):
        transfer = self.pick()
        if transfer:
            transfer.cost = self.chance.randrange(3)
            self.call(transfer, "cost", transfer.cost)

    def step_tag(self):
        transfer = self.pick()
        if transfer:
            transfer.tag = f"tag {self.chance.randrange(1000)}"
            self.call(transfer, "tag", transfer.tag)

    def step_set_random(self):
        """Only those that are told so when they are created are played with; here it is refused, or has no effect."""
        transfer = self.pick()
        if transfer:
            self.call(transfer, "random", int(transfer.random))

    # What the app asks

    def step_show(self):
        transfer = self.pick()
        if transfer:
            self.check_shown(transfer)
            if transfer.phase not in (CREATED, ACTIVE) and not (transfer.phase == QUEUED and transfer.requests):
                self.check_file(transfer)

    LISTS = ((), ("group", ""), ("group", "old"), ("transfer_group", "one"), ("transfer_group", "two"))

    def members(self, which):
        kind = which[0] if which else "none"
        name = which[1] if which else ""
        if kind == "group" and not name:
            kind = "none"  # what Group is of those without one
        has = {"none": lambda one: not one.group and not one.transfer_group, "group": lambda one: one.group == name,
               "transfer_group": lambda one: one.transfer_group == name}[kind]
        return [one for one in self.live if one.listed and has(one)]

    def check_list(self, which):
        """In the order of creation. One is not listed any more when its handler has returned, which is soon."""
        deadline = time.monotonic() + self.loop.seconds
        expected = self.members(which)
        while (listed := self.list(*which)) != expected:
            late = [one for one in listed if one.collected]
            check(late and [one for one in listed if not one.collected] == expected and time.monotonic() < deadline,
                  "listed are", listed, "and not", expected)
            for one in late:
                self.must("drop", one.operation) if not one.asyncs else None
                one.operation = None if not one.asyncs else one.operation
        return listed

    def step_list(self):
        self.check_list(self.chance.choice(self.LISTS))

    def step_ranges(self):
        transfer = self.pick()
        if not transfer:
            return
        (text, ) = self.must("ranges", self.operation(transfer))
        ranges = [tuple(map(int, one.split("+"))) for one in text.split()]
        if transfer.random:
            ends = [(first, first + count) for first, count in ranges]
            check(all(one[1] < other[0] for one, other in zip(ends, ends[1:])), transfer, "has the ranges", text)
        else:
            check(len(ranges) <= 1 and (not ranges or ranges[0][0] == 0), transfer, "has the ranges", text)
            total = sum(count for _, count in ranges)
            check(transfer.low <= total <= transfer.high, transfer, "has the ranges", text)

    def step_body(self):
        """What GetResultStreamAt gives of one that is over."""
        transfer = self.pick(ENDED_WELL)
        if transfer:
            length, checksum = self.must("body", self.operation(transfer))
            (body, ) = transfer.bodies
            data = transfer.body(*body)
            check(int(length) == len(data) and int(checksum, 16) == adler(data), transfer, "streams other bytes")

    def step_read(self):
        found = [one for one in self.alive() if one.random and len(one.reads) < 3]
        if not found:
            return
        transfer = self.chance.choice(found)
        offset, count = self.chance.randrange(transfer.size), self.chance.randrange(1, 50000)
        if offset in transfer.reads or not transfer.bodies and transfer.final:
            return
        transfer.reads[offset] = count
        self.must("read", self.operation(transfer), offset, count)
        self.count("reads")

    # Handlers and async objects

    def step_handler(self):
        one = self.pick_async()
        if not one:
            return
        what = self.chance.choice("ppcccn")
        expected = S_OK
        if one.closed:
            expected = E_ILLEGAL_METHOD_CALL
        elif what == "c" and one.completed:
            expected = E_ILLEGAL_DELEGATE_ASSIGNMENT
        before = one.completed
        one.completed |= what == "c" and not one.closed
        code, _ = self.tell("handler", one.number, what)
        check(code == expected, "handler", one, what, f"answers {code:08X}")
        if code == S_OK and what != "c":
            one.progress = what == "p"
            one.since = one.transfer.requests if one.progress else None
        elif code != S_OK:
            one.completed = before

    def step_results(self):
        """They collect what has ended."""
        one = self.pick_async()
        if not one:
            return
        transfer = one.transfer
        ended = not one.closed and self.has_ended(one)
        code, rest = self.tell("results", one.number)
        if not ended:
            check(code == E_ILLEGAL_METHOD_CALL, "results of", one, transfer, f"are {code:08X}")
        elif transfer.phase == ENDED_WELL:
            check(code == S_OK and int(rest[2]) == transfer.operation or transfer.operation is None, "results of", one,
                  transfer, f"are {code:08X}", *rest)
            if transfer.operation is None:
                transfer.operation = int(rest[2])
            transfer.collected = True
        elif transfer.phase == ENDED_EARLY:
            check(code == E_ILLEGAL_METHOD_CALL, "results of", one, transfer, f"are {code:08X}")
        else:
            check(code in transfer.error, "results of", one, transfer, f"are {code:08X}")
            transfer.collected = True

    def has_ended(self, one):
        """Whether the async object has, which is a moment later than the transfer."""
        if not one.transfer.final:
            return False
        deadline = time.monotonic() + self.loop.seconds
        while self.must("status", one.number)[0] == "0":
            check(time.monotonic() < deadline, one, "of", one.transfer, "does not end")
            self.loop.pump(0.001)
        return True

    def step_state(self):
        one = self.pick_async()
        if not one or one.closed:
            return
        ended = self.has_ended(one)
        status, error, _ = self.must("status", one.number)
        if ended:
            self.check_end(one.transfer, int(status), int(error, 16))
        else:
            check((status, error) == ("0", "00000000"), one, "has status", status, error)

    def step_close(self):
        one = self.pick_async()
        if one and not one.closed and self.has_ended(one):
            self.settle()
            self.must("close", one.number)
            one.closed = True

    def step_release(self):
        one = self.pick_async()
        if not one:
            return
        self.must("release", one.number)
        one.held = False
        one.transfer.asyncs.remove(one)

    def step_drop(self):
        found = [one for one in self.alive() if one.operation is not None]
        if not found:
            return
        transfer = self.chance.choice(found)
        waits = any(one.completed and not one.told for one in self.asyncs.values() if one.transfer is transfer)
        alone = not transfer.asyncs and not transfer.reads and (transfer.final or not transfer.started) and not waits
        self.must("last" if alone else "drop", transfer.operation)
        transfer.reads = {}
        transfer.operation = None
        if not transfer.started:
            transfer.collected = True  # it ends with its last reference

    # What the server does

    def step_go_on(self):
        """One that stands at a gate goes on, or not as it should."""
        found = [one for one in self.live if one.phase == ACTIVE and one.exchange]
        if not found:
            return
        transfer = self.chance.choice(found)
        exchange = transfer.exchange
        how = self.chance.choices(("good", "more", "cut", "reset"), (70, 15, 10, 5))[0]
        if how == "reset" and not exchange.fresh:
            how = "cut"
        self.note("  ", transfer, how)
        if not exchange.status:
            if how == "more":
                self.reply_hold_body(transfer, exchange, self.chance)
            else:
                getattr(self, f"reply_{how}")(transfer, exchange, self.chance)
        elif how == "more":
            self.move(transfer, exchange, self.some(exchange, self.chance))
        elif how == "good":
            self.finish(transfer, exchange)
        else:
            if how == "reset":
                transfer.head = transfer.total = None
            exchange.end(reset=how == "reset")
            self.failed(transfer, BROKEN)

    # Things at once

    def step_burst(self):
        """Calls about several transfers, before anything that follows from them is looked at. In which order the engine
        comes to them is its own affair."""
        found = self.alive()
        self.chance.shuffle(found)
        changed = set()
        for transfer in found[:self.chance.randrange(2, 6)]:
            if transfer.phase == CREATED:
                self.begin_async(transfer, "start", self.flags())
                transfer.started = transfer.attached = True
                changed.add(transfer)
            elif transfer.phase in (PAUSING, WAITING):
                self.call(transfer, "resume")
                transfer.error = {}
                changed.add(transfer)
            elif transfer.phase == RESTORED:
                self.begin_async(transfer, "attach", self.flags())
                transfer.attached = True
                changed.add(transfer)
        for transfer in changed:
            transfer.phase = QUEUED
            self.queue.add(transfer)
        for transfer in changed:
            self.queue.unclear[transfer.priority] = "all"
        if changed and self.queue.free():
            # Who came first to a slot may be anybody.
            for one in self.queue.waiting:
                self.queue.unclear[one.priority] = "all"
            self.queue.hurry = True
        self.count("bursts")

    def standing(self):
        """One amid a body, of which the rest can be sent at once."""
        found = [one for one in self.live if one.phase == ACTIVE and one.exchange and one.exchange.status
                 and not one.random and not one.begin_again]
        return self.chance.choice(found) if found else None

    def step_flicker(self):
        """Pause and Resume in a row may be no pause at all."""
        transfer = self.standing()
        if not transfer or not self.call(transfer, "pause"):
            return
        expected = transfer.exchange
        code, _ = self.tell("resume", self.operation(transfer))
        check(code == S_OK, "resume after pause", transfer, f"answers {code:08X}")
        # Whichever it was, it comes to an end.
        self.count("flickers")
        transfer.head = transfer.total = None
        self.either(transfer, expected)

    def either(self, transfer, exchange):
        """It runs on, or it was stopped, and is in the queue or runs again."""
        self.move(transfer, exchange)
        deadline = time.monotonic() + self.loop.seconds
        while True:
            shown = self.show(transfer)
            if shown["status"] == COMPLETED:
                transfer.bodies = {(transfer.url, transfer.version)}
                transfer.settle_body(transfer.size)
                transfer.exchange = None
                self.becomes(transfer, ENDED_WELL)
                return
            if shown["reason"] == 1 or any(one.target == transfer.path for one in self.server.arrivals):
                transfer.exchange = None
                self.queue.remove(transfer)
                transfer.phase = QUEUED
                self.queue.add(transfer)
                for one in self.queue.waiting:
                    self.queue.unclear[one.priority] = "all"
                self.queue.hurry = True  # somebody else may have been first to its slot
                return
            check(time.monotonic() < deadline, transfer, "neither ends nor waits", shown)
            self.loop.pump(0.001)

    def race(self, call):
        """The last bytes come, and the app calls. The answer: what it has become."""
        transfer = self.standing()
        if not transfer:
            return None, None
        exchange = transfer.exchange
        operation = self.operation(transfer)
        transfer.head = transfer.total = None
        self.move(transfer, exchange)
        transfer.exchange = None
        code = call(transfer, operation)
        stopped = (PAUSED, ) if call == self.call_pause else (6, )
        shown = self.poll(transfer, lambda now: now["status"] in (COMPLETED, *stopped), "does not end")
        if shown["status"] == COMPLETED:
            transfer.bodies = {(transfer.url, transfer.version)}
            transfer.settle_body(transfer.size)
            self.becomes(transfer, ENDED_WELL)
        return transfer, (code, shown)

    def call_pause(self, transfer, operation):
        expected = {S_OK, E_ILLEGAL_METHOD_CALL} if transfer.method != "POST" else {E_ILLEGAL_METHOD_CALL}
        code, _ = self.tell("pause", operation)
        check(code in expected, "pause at the end", transfer, f"answers {code:08X}")
        return code

    def step_race_pause(self):
        transfer, seen = self.race(self.call_pause)
        if not transfer:
            return
        code, shown = seen
        self.count("races")
        if shown["status"] == PAUSED:
            check(code == S_OK, transfer, f"pauses, and answered {code:08X}")
            check(transfer.low <= shown["bytes"] <= transfer.high, transfer, "shows", shown["bytes"])
            transfer.settle_body(shown["bytes"])
            self.becomes(transfer, PAUSING)
        elif code == S_OK:
            transfer.paused_late = True

    def call_cancel(self, transfer, operation):
        held = [one for one in transfer.asyncs if not one.closed]
        if held:
            self.must("cancel", held[0].number)
        return S_OK

    def step_race_cancel(self):
        transfer, seen = self.race(self.call_cancel)
        if not transfer:
            return
        self.count("races")
        if seen[1]["status"] == 6:
            transfer.settle_body(seen[1]["bytes"])
            self.becomes(transfer, ENDED_EARLY)
