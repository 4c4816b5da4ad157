from __future__ import annotations

import pytest

from personalization.links import is_safe


@pytest.mark.parametrize(
    "address",
    ["/sale/", "sale/", "?page=2", "#more", "/a?b=http://c", "https://shop.test/", "HTTP://shop.test", "/caf%C3%A9", "/café"],
)
def test_addresses_of_the_shop_and_of_the_web_are_safe(address: str) -> None:
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "mailto:a@b.test",
        "//evil.test/",
        "\\\\evil.test/",
        "/\\evil.test/",
        "https:///path",
        "http:evil.test",
        "https://[",
        "/a b",
        "/\tevil.test",
    ],
)
def test_others_are_not(address: str) -> None:
    assert not is_safe(address)
