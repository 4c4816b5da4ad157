"""Which way of drawing this is; browsers keep pictures until it changes."""

from __future__ import annotations

VERSION = "1"
