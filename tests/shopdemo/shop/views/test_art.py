from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_pictures_are_kept_for_a_year(client: Client, shop: SimpleNamespace) -> None:
    for address in (f"/art/product/{shop.cup.pk}.svg", "/art/category/kitchen-dining.svg", "/art/scene/winter.svg"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in answer.get("Vary", "")
        assert "Set-Cookie" not in answer


def test_there_is_no_picture_of_nothing(client: Client, shop: SimpleNamespace) -> None:
    assert client.get("/art/product/999999.svg").status_code == 404
    assert client.post("/art/scene/winter.svg").status_code == 405
