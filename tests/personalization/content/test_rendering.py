from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from personalization.content import rendering
from personalization.content.rendering import is_personal, render
from personalization.content.snapshot import Content, PopupManners, Words
from personalization.errors import TemplateError
from personalization.recommend.product import Product
from personalization.recommend.shelf import Shelf
from tests.personalization.content.making import default, slot_of, somebody, variant, words


@pytest.fixture(autouse=True)
def products(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shop has a lamp and a vase."""
    products = {"1": Product("1", "Lamp & co", Decimal("12.5"), "/p/1/", "/m/1.webp"), "2": Product("2", "Vase")}
    monkeypatch.setattr(rendering, "shelf", Shelf(lambda ids: products))
    monkeypatch.setattr("personalization.content.tokens.shelf", rendering.shelf)


def shown(content: Content, audience: Any = None, *, is_default: bool = True, language: str = "en", **slot: Any) -> str:
    chosen = default(content) if is_default else variant(1, content=content)
    return render(slot_of(chosen, **slot), chosen, audience, language)


def test_a_content_of_fields_is_a_section() -> None:
    content = Content(
        image="/autumn.webp",
        words={"en": Words(heading="Autumn", text="One.\n\nTwo.", link="/sale/", link_text="Go", image_alt="Leaves")},
    )
    assert shown(content).split("\n") == [
        '<section class="rg-content rg-banner" aria-label="Autumn">',
        '<img class="rg-image" src="/autumn.webp" alt="Leaves">',
        '<h2 class="rg-heading">Autumn</h2>',
        '<div class="rg-text"><p>One.</p>',
        "",
        "<p>Two.</p></div>",
        '<p class="rg-more"><a class="rg-link" href="/sale/">Go</a></p>',
        "</section>",
    ]


def test_without_a_heading_the_slots_name_labels_it() -> None:
    assert 'aria-label="Hero"' in shown(Content(image="/a.webp"))


def test_products_are_listed_in_order_and_missing_ones_dropped() -> None:
    html = shown(Content(products=("2", "gone", "1")))
    assert html.index("Vase") < html.index("Lamp &amp; co")
    assert html.count('<li class="rg-product">') == 2
    assert '<a href="/p/1/"><img src="/m/1.webp" alt="" loading="lazy"><span class="rg-title">Lamp &amp; co</span></a>' in html
    assert '<span class="rg-price">12.50\u00a0GBP</span>' in html


def test_a_price_is_written_as_the_language_does() -> None:
    with translation.override("pl"):
        assert "12,50\u00a0GBP" in shown(Content(products=("1",)), language="pl")


def test_tokens_speak_of_the_visitor() -> None:
    text = (
        'Hi {{ first_name | default: "you" }} in {{ city }}, {{ country }}: {{ season }}, {{ holiday }}, '
        "{{ currency }}, {{ last_viewed }} {{ last_viewed_url }}"
    )
    person = somebody(first_name="Alice", viewed=("1",))
    assert "Hi Alice in Lyon, France: summer, Father&#x27;s Day, EUR, Lamp &amp; co /p/1/" in shown(words("", text=text), person)


def test_country_and_season_are_in_the_language_of_the_page() -> None:
    person = somebody(language="pl")
    content = Content(words={"pl": Words(heading="{{ country }}")})
    with translation.override("pl"):
        assert "Francja" in shown(content, person, language="pl")


def test_to_nobody_in_particular_fallbacks_are_said() -> None:
    content = words('Hi {{ first_name | default: "you" }}{{ city }}{{ last_viewed }}')
    assert '<h2 class="rg-heading">Hi you</h2>' in shown(content)


def test_only_the_tokens_that_are_used_are_asked_for() -> None:
    class Nobody:
        first_name = "Ann"

    assert "Hi Ann" in shown(words("Hi {{ first_name }}"), Nobody())


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("field", ["heading", "text", "link_text", "image_alt"])
def test_fields_and_tokens_are_escaped(field: str) -> None:
    content = Content(image="/a.webp", words={"en": Words(**{"heading": "H", "link": "/x/", field: EVIL + "{{ first_name }}"})})
    html = shown(content, somebody(first_name=EVIL))
    assert "<script" not in html
    assert "<img src=x" not in html
    assert html.count("&lt;script&gt;") >= 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.test", "{{ first_name }}"])
def test_an_address_that_is_not_safe_is_left_out(address: str) -> None:
    html = shown(
        Content(image=address.replace("{{ first_name }}", "data:x"), words={"en": Words(heading="H", link=address)}),
        somebody(first_name="javascript:alert(1)"),
    )
    assert set(re.findall(r'href="([^"]*)"', html)) <= {"/personalization/why/hero/"}
    assert "<img" not in html


def liquid(source: str) -> Content:
    return Content(is_liquid=True, words={"en": Words(liquid=source)}, products=("1", "2"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p class='a'>Hi {{ first_name }}</p>", '<p class="a">Hi Ann</p>'),
        ("{% for one in products %}<b>{{ one.title }}</b>{{ one.price }}{% endfor %}", "<b>Lamp &amp; co</b>12.50"),
        ("<script>alert(1)</script>x", "x"),
        ("<style>*{}</style>x", "x"),
        ("<p style='color:red' onclick='a()' id='b'>x</p>", "<p>x</p>"),
        ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='java&#10;script:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='/sale/'>x</a>", '<a href="/sale/">x</a>'),
        ("<img src=x onerror=alert(1)>", '<img src="x">'),
        ("<iframe src='//evil'></iframe>x", "x"),
        ("<form action='/steal/'><input name=a></form>x", "x"),
        ("<svg onload=alert(1)>x</svg>", "x"),
        ("<base href='//evil/'>x", "x"),
        ("<meta http-equiv=refresh content=0>x", "x"),
        ("<object data=x></object><embed src=x>x", "x"),
    ],
)
def test_a_template_is_sanitised(source: str, expected: str) -> None:
    html = shown(liquid(source), somebody(first_name="Ann"))
    inside = html.removeprefix('<section class="rg-content rg-banner" aria-label="Hero">')
    assert inside.startswith(expected)


def test_a_token_cannot_become_markup() -> None:
    html = shown(liquid("<p>{{ first_name }}</p><a href='{{ first_name }}'>x</a>"), somebody(first_name=EVIL))
    assert "<script" not in html
    assert "onerror=alert" not in html.replace("onerror=alert(1)&gt;", "")


def test_a_template_that_cannot_be_rendered_raises() -> None:
    with pytest.raises(TemplateError):
        shown(liquid("{% for a in products %}{% for b in products %}" + "x" * 90_000 + "{% endfor %}{% endfor %}"))


def test_a_popup_is_a_closed_dialog_with_its_manners() -> None:
    html = shown(words("Stay"), kind="popup", manners=PopupManners(delay=3, scroll=40, times=2, days=9))
    assert html.startswith(
        '<dialog class="rg-content rg-popup" aria-label="Stay" data-rg-popup="hero" data-rg-delay="3" '
        'data-rg-scroll="40" data-rg-times="2" data-rg-days="9">'
    )
    assert '<button class="rg-close" aria-label="Close">' in html
    assert " open" not in html


def test_what_is_for_somebody_says_how_to_ask_why(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.personalization.content.urls"
    link = f'<a href="{reverse("personalization:why", args=["hero"])}">Why do I see this?</a>'
    person = somebody(first_name="Ann")
    assert link in shown(words(), person, is_default=False)
    assert link in shown(words("{{ first_name }}"), person)
    assert link not in shown(words(), person)
    assert link not in shown(words("{{ first_name }}"))


def test_a_shop_that_has_not_mounted_our_addresses_gets_no_link(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.personalization.content.no_urls"
    assert "Why do I see this?" not in shown(words(), somebody(), is_default=False)


def test_personal_is_what_depends_on_who_looks() -> None:
    assert is_personal(variant(1), "en")
    assert is_personal(default(words("{{ city }}")), "en")
    assert not is_personal(default(words("Hello")), "en")
    assert not is_personal(default(liquid("{% for one in products %}{{ one.title }}{% endfor %}")), "en")
