from __future__ import annotations

from pathlib import Path

import pytest

from personalization.visitor.address import networks
from personalization.visitor.location import Confidence, Location, Source, believed, locate

CITY = str(Path(__file__).parent / "data" / "GeoIP2-City-Test.mmdb")
LONDON, LINKOPING = "81.2.69.142", "89.160.20.112"
KNOWING = {"choice": "FR", "account": lambda: "PL", "header": "TW", "address": LONDON, "geoip_path": CITY, "default": "AU"}
NOT_KNOWING = {"choice": "", "account": str, "header": "XX", "address": None, "default": ""}


@pytest.mark.parametrize(
    ("silent", "country", "source", "confidence"),
    [
        ([], "FR", Source.CHOICE, Confidence.HIGH),
        (["choice"], "PL", Source.ACCOUNT, Confidence.HIGH),
        (["choice", "account"], "TW", Source.HEADER, Confidence.MEDIUM),
        (["choice", "account", "header"], "GB", Source.GEOIP, Confidence.MEDIUM),
        (["choice", "account", "header", "address"], "AU", Source.DEFAULT, Confidence.LOW),
        (["choice", "account", "header", "address", "default"], "", Source.DEFAULT, Confidence.NONE),
    ],
)
def test_the_first_that_knows_is_believed(silent, country, source, confidence):
    found = locate(**{**KNOWING, **{name: NOT_KNOWING[name] for name in silent}})

    assert (found.country, found.source, found.confidence) == (country, source, confidence)


def test_nothing_known_is_no_place():
    assert locate() == Location("", "", "", "", None, None, Source.DEFAULT, Confidence.NONE)


def test_geoip_gives_all_it_knows():
    assert locate(address=LINKOPING, geoip_path=CITY) == Location(
        "SE", "E", "Linköping", "Europe/Stockholm", 58.4167, 15.6167, Source.GEOIP, Confidence.MEDIUM
    )


def test_geoip_adds_what_it_knows_of_the_country_that_another_names():
    found = locate(choice="GB", address=LONDON, geoip_path=CITY)
    assert (found.source, found.city, found.time_zone) == (Source.CHOICE, "London", "Europe/London")

    assert locate(choice="FR", address=LONDON, geoip_path=CITY) == Location(
        "FR", source=Source.CHOICE, confidence=Confidence.HIGH
    )


@pytest.mark.parametrize("code", ["XX", "T1", "A1", "A2", "EU", "AP", "<script>", "F" * 100_000, "FR, PL"])
def test_a_code_that_is_no_country_is_unknown(code):
    found = locate(choice=code, account=lambda: code, header=code, default="PL")

    assert (found.country, found.source) == ("PL", Source.DEFAULT)


def test_codes_are_read_in_any_spelling():
    assert locate(header=" pl ").country == "PL"


def test_an_account_is_not_read_where_a_choice_was_made():
    assert locate(choice="FR", account=lambda: pytest.fail("read")).country == "FR"


def test_an_account_that_cannot_be_read_is_logged_and_unknown(caplog):
    def broken():
        raise RuntimeError("database is gone")

    assert locate(account=broken, header="TW").country == "TW"
    assert "database is gone" in caplog.text


@pytest.mark.parametrize("answer", [None, 5, ["PL"]])
def test_an_account_that_answers_nonsense_does_not_know(answer):
    assert locate(account=lambda: answer, header="TW").country == "TW"


@pytest.mark.parametrize(("peer", "expected"), [("127.0.0.1", "FR"), ("::1", "FR"), ("203.0.113.7", ""), ("", ""), ("unix:", "")])
def test_a_header_is_believed_of_a_proxy_of_ours_alone(peer, expected):
    assert believed("FR", peer, networks(("127.0.0.1", "::1"))) == expected
