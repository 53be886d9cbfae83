# SPDX-License-Identifier: MIT
"""The fault server: one misbehaviour a row, by name. `python3 tests/servers/servers.py list` prints them."""

from . import auth_rows, body_rows, broken_rows, control_rows, redirect_rows, status_rows  # noqa: F401
from .server import FaultHandler  # noqa: F401
