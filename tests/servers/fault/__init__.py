# SPDX-License-Identifier: MIT
"""The fault server: one misbehaviour a row, by name. `python3 tests/servers/servers.py list` prints them."""

from . import (  # noqa: F401
    auth_rows, body_rows, broken_rows, control_rows, random_rows, redirect_rows, script_rows, status_rows, trace_rows)
from .server import FaultHandler  # noqa: F401
