"""Stable shares of the base, drawn from the key by which somebody was first known."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


def bucket_of(salt: str, key: str) -> int:
    """0 … 99: the first eight bytes of sha256 of "salt:key", big-endian, modulo 100."""
    return int.from_bytes(sha256(f"{salt}:{key}".encode()).digest()[:8], "big") % 100


def buckets(salt: str, keys: Sequence[str]) -> NDArray[np.int64]:
    """The bucket of each key."""
    return np.array([bucket_of(salt, key) for key in keys], np.int64)
