"""Columns for the kernel: of everyone, kept in memory for one pass, or of a few, read live."""

from __future__ import annotations

from segmentation.store.build import build
from segmentation.store.live import live
from segmentation.store.lookups import find, holdable
from segmentation.store.memory import MemoryColumns
from segmentation.store.people import People, Person, read_people
from segmentation.store.purchase_reading import read_purchases
from segmentation.store.purchases import Purchases

__all__ = ["MemoryColumns", "People", "Person", "Purchases", "build", "find", "holdable", "live", "read_people", "read_purchases"]
