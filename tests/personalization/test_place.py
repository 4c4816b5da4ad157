"""The place banner, what somebody chose, and prices in another currency."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import DatabaseError
from django.utils import translation

from personalization.visitor import prices
from personalization.visitor.cookies import PLACE
from personalization.visitor.place_choice import PlaceChoice
from tests.personalization.conftest import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates(configure):
    """A euro is 80 pence, a yen half a penny."""
    configure(RATES={"EUR": 0.8, "JPY": 0.005})
    prices._shown_rate.cache_clear()
    yield
    prices._shown_rate.cache_clear()


def choose(browser, **fields):
    response = browser.post("/personalization/place/", {"next": "/plain/", **fields})
    assert (response.status_code, response["Location"]) == (302, "/plain/")


def suggested(browser) -> list[tuple[str, str]]:
    return re.findall(r'name="(language|currency)" value="([^"]+)"', text(browser.get("/place-banner/")))


def test_somebody_from_france_is_asked_and_never_sent_elsewhere(browser_of):
    browser = browser_of(CF_IPCountry="FR", Accept_Language="en")
    assert suggested(browser) == [("language", "fr"), ("currency", "EUR")]
    assert browser.get("/plain/").status_code == 200


def test_somebody_from_here_is_asked_nothing(browser_of):
    assert text(browser_of(CF_IPCountry="GB", Accept_Language="en-GB").get("/place-banner/")) == ""


@pytest.mark.parametrize("answer", [{"close": "1", "currency": "EUR"}, {"currency": "EUR"}])
def test_once_answered_it_is_gone(browser_of, answer):
    browser = browser_of(CF_IPCountry="FR", Accept_Language="en")
    choose(browser, **answer)
    assert text(browser.get("/place-banner/")) == ""
    assert text(browser.get("/fact/currency/")) == ("GBP" if "close" in answer else "EUR")


def test_a_choice_is_the_last_word_on_the_country(browser_of):
    browser = browser_of(CF_IPCountry="FR")
    choose(browser, country="PL")
    assert text(browser.get("/hello/")) == "Hello  in PL"
    choose(browser, country="")
    assert text(browser.get("/hello/")) == "Hello  in FR"


def test_a_language_that_was_chosen_is_djangos(browser):
    choose(browser, language="pl")
    assert browser.cookies["django_language"].value == "pl"
    assert text(browser.get("/fact/language/")) == "pl"


@pytest.mark.parametrize("fields", [{"currency": "XXX"}, {"country": "Atlantis"}, {"language": "de"}])
def test_what_the_shop_does_not_offer_is_no_choice(browser, fields):
    choose(browser, **fields)
    assert PlaceChoice.read(PLACE.open(browser.cookies["rg_place"].value)) == PlaceChoice(is_settled=True)
    assert "django_language" not in browser.cookies


@pytest.mark.parametrize(
    "said", [None, "FR", ["FR"], {}, {"country": 5, "currency": "XXX", "settled": "yes"}, {"currency": ["EUR"]}]
)
def test_a_cookie_that_makes_no_sense_is_no_choice(said):
    assert PlaceChoice.read(said) == PlaceChoice()


def test_a_choice_stays_a_choice_on_the_way_through_the_cookie(personalize):
    choice = PlaceChoice("FR", "EUR", True)
    assert PlaceChoice.read(choice.said) == choice
    personalize(CURRENCIES=["GBP"])
    assert PlaceChoice.read(choice.said) == PlaceChoice("FR", "", True)


def test_get_chooses_nothing(browser):
    assert browser.get("/personalization/place/").status_code == 405


def test_a_price_is_the_shops(browser_of):
    assert text(browser_of(CF_IPCountry="FR", Accept_Language="en").get("/price/")) == "£10.00"


def test_in_another_currency_it_is_marked_as_about_so_much(browser_of, django_assert_num_queries):
    browser = browser_of(Accept_Language="en")
    choose(browser, currency="EUR")
    browser.get("/price/")  # rates are read once an hour
    with django_assert_num_queries(0):
        assert text(browser.get("/price/")) == (
            '£10.00 <small class="rg-price-about">'
            '(<abbr title="You pay in GBP; the rate may change.">about 12.50 EUR</abbr>)</small>'
        )


@pytest.mark.parametrize(("currency", "about"), [("JPY", "about 2,000 JPY"), ("EUR", "about 12.50 EUR")])
def test_each_currency_has_its_digits(browser, currency, about):
    choose(browser, currency=currency)
    assert about in text(browser.get("/price/"))


def test_without_a_rate_there_is_the_price_alone(browser):
    choose(browser, currency="PLN")
    assert text(browser.get("/price/")) == "£10.00"


def test_from_a_currency_that_is_not_the_base(browser):
    from datetime import UTC, datetime

    with translation.override("en"):
        said = prices.price_in(Decimal("5"), "EUR", "JPY", datetime(2026, 6, 1, tzinfo=UTC))
    assert (said.charged, said.about) == ("€5.00", "800 JPY")


def test_rates_may_fail(browser, monkeypatch):
    def failing(*args, **named):
        raise DatabaseError("gone")

    choose(browser, currency="EUR")
    monkeypatch.setattr(prices, "shown_rate", failing)
    assert text(browser.get("/price/")) == "£10.00"
