"""docs/slots.md says what the code does."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.utils.translation import override

from personalization.content.loading import SETS
from personalization.content.templates import FILTERS
from personalization.content.tokens import PRODUCT_PARTS, TOKENS
from personalization.models import Variant

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "slots.md").read_text()
LOADER = ROOT / "personalization" / "static" / "regulars_personalization" / "slots.js"


def token_table() -> str:
    """The tokens, from the one table of them."""
    with override("en"):
        rows = [f"| `{token.name}` | {token.label} | {token.example} |" for token in TOKENS.values()]
    return "\n".join(["| token | what it says | for example |", "|--|--|--|", *rows])


def test_the_token_table_is_the_one_in_the_code() -> None:
    assert token_table() in PAGE


def test_every_filter_and_part_of_a_product_is_told() -> None:
    assert ", ".join(f"`{name}`" for name in FILTERS).replace("`strip`, ", "`strip`,\n") in PAGE
    assert re.findall(r"`(?:product\.)?(id|title|price|url|image|reason|place)`", PAGE) == list(PRODUCT_PARTS)


def test_the_loader_is_as_small_as_it_says() -> None:
    size = len(gzip.compress(LOADER.read_bytes(), mtime=0))
    assert size <= 2_048
    assert f"a script of {size / 1000:.1f} kB (gzip)" in PAGE


def test_every_list_of_a_target_is_a_field_of_the_variant() -> None:
    assert {field.name for field in Variant._meta.fields} >= set(SETS)
