#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random sequences of calls, answers, and restarts, against the model (model.py).

WINRT_TEST_COUNT says how many steps, WINRT_TEST_SEED repeats a run, WINRT_TEST_LONG=1 asks for the long form. A run
that fails says what it did last."""

import os
import random
import sys
import time
import unittest

from harness import EMULATOR, SampleTest
from server import Loop, Server, Stuck
from steps import Player
from world import Wrong

SHORT, LONG = int(os.environ.get("WINRT_MODEL_STEPS", "10000")), 1000000
WAIT_SECONDS = 30
SHOWN = int(os.environ.get("WINRT_MODEL_SHOWN", "60"))  # lines of what was done last
PROGRESS_SECONDS = 60


def amount():
    if "WINRT_TEST_COUNT" in os.environ:
        return int(os.environ["WINRT_TEST_COUNT"])
    return LONG if os.environ.get("WINRT_TEST_LONG") == "1" else SHORT


class Tests(SampleTest):
    def play(self, player, steps):
        begun = said = time.monotonic()
        for number in range(steps):
            player.step()
            if time.monotonic() > said + PROGRESS_SECONDS:
                said = time.monotonic()
                print(f"{number} steps, {said - begun:.0f} s, {player.counts}", flush=True)
        return time.monotonic() - begun

    def test_random(self):
        seed = int(os.environ.get("WINRT_TEST_SEED", random.randrange(1 << 32)))
        steps = amount()
        slowness = int(os.environ.get("WINRT_TEST_SLOWNESS", "1"))
        print(f"seed: {seed}, steps: {steps}", flush=True)
        environment = self.environment | {"WINRT_APP_ID": "model", "WINRT_RETRY_BASE_MS": "1"}
        loop = Loop(WAIT_SECONDS * slowness)
        program = os.environ["WINRT_TEST_PROGRAM"]
        tool = [*EMULATOR, os.environ["WINRT_TEST_TOOL"]]
        player = Player(loop, Server(loop), seed, self.folder, self.path_for_program, chance=random.Random(seed),
                        command=[*EMULATOR, program], environment=environment, tool=tool)
        try:
            seconds = self.play(player, steps)
            self.assertEqual(player.app.quit(), 0)
        except (Wrong, Stuck) as error:
            print("\n".join(player.log[-SHOWN:]))
            print(f"after {player.counts.get('steps', 0)} steps, seed {seed}:\n{error}", flush=True)
            raise
        finally:
            if player.app.process.poll() is None:
                player.app.process.kill()
        print(f"{steps} steps, seed {seed}, {seconds:.1f} s: {dict(sorted(player.counts.items()))}", flush=True)


if __name__ == "__main__":
    unittest.main()
