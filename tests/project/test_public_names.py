"""Names that others rely on."""

from __future__ import annotations

from importlib import import_module

import pytest

PUBLIC = {
    "segmentation.models": ["Profile", "Segment", "Membership"],
    "segmentation.rules": ["parse"],
    "segmentation.membership": ["refresh", "explain", "preview"],
    "segmentation.sources": ["ShopSource", "Customers", "Orders", "OrderLines", "Products", "Refunds", "Column", "Money"],
    "segmentation.signals": ["segment_entered", "segment_left", "segments_refreshed"],
    "segmentation.testing": ["refresh_now", "assert_in_segment"],
    "segmentation.tasks": ["sync", "refresh"],
}


@pytest.mark.parametrize("module", PUBLIC)
def test_public_names_are_there(module: str) -> None:
    found = import_module(module)
    assert [name for name in PUBLIC[module] if not hasattr(found, name)] == []


@pytest.mark.parametrize(
    "module", ["segmentation.rules", "segmentation.membership", "segmentation.sources", "segmentation.facts"]
)
def test_what_is_exported_exists(module: str) -> None:
    found = import_module(module)
    assert [name for name in found.__all__ if not hasattr(found, name)] == []
