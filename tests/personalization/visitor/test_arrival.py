from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from personalization.visitor.arrival import Arrival, Channel, arrival_of
from personalization.visitor.arrival_hosts import HOSTS, MEDIA, NAMES, host_channel

SHOP = "shop.test"


def arrival(query="", referrer="", own=SHOP):
    return arrival_of(QueryDict(query), referrer, own)


@pytest.mark.parametrize(
    ("referrer", "channel", "host"),
    [
        ("", "direct", ""),
        ("https://www.google.com/", "search", "www.google.com"),
        ("https://www.google.co.uk/search?q=secret+words", "search", "www.google.co.uk"),
        ("https://google.com.tw", "search", "google.com.tw"),
        ("https://duckduckgo.com/", "search", "duckduckgo.com"),
        ("https://search.brave.com/", "search", "search.brave.com"),
        ("https://mail.google.com/mail/u/0", "email", "mail.google.com"),
        ("android-app://com.google.android.gm/", "email", "com.google.android.gm"),
        ("https://t.co/abc", "social", "t.co"),
        ("https://l.facebook.com/l.php?u=x", "social", "l.facebook.com"),
        ("https://M.Weibo.CN:443/u/1", "social", "m.weibo.cn"),
        ("https://blog.example.org/post/1?token=secret", "referral", "blog.example.org"),
        ("https://user:password@example.org/", "referral", "example.org"),
        ("https://example.org./", "referral", "example.org"),
        ("https://notgoogle.com/", "referral", "notgoogle.com"),
        ("https://google.com.evil.example/", "referral", "google.com.evil.example"),
        ("https://shop.test/cart", "direct", ""),
        ("https://www.shop.test/cart", "direct", ""),
        ("http://shop.test:8000/", "direct", ""),
        ("https://notshop.test/", "referral", "notshop.test"),
        ("about:blank", "direct", ""),
        ("http://[", "direct", ""),
        ("/cart", "direct", ""),
        ("https://" + "a" * 100_000, "direct", ""),
        ("https://" + "a" * 201 + ".example", "direct", ""),
    ],
)
def test_the_host_that_sent_the_visitor(referrer, channel, host):
    assert arrival("", referrer) == Arrival(Channel(channel), host)


@pytest.mark.parametrize("own", ["shop.test", "www.shop.test", "shop.test:8000", "SHOP.test"])
def test_the_shops_own_host_sends_nobody(own):
    assert arrival("", "https://shop.test/cart", own) == Arrival()


@pytest.mark.parametrize(
    ("query", "channel"),
    [
        ("utm_medium=email", "email"),
        ("utm_medium=E-Mail", "email"),
        ("utm_medium=social", "social"),
        ("utm_medium=cpc", "paid"),
        ("utm_medium=organic", "search"),
        ("utm_medium=affiliate", "referral"),
        ("utm_medium=leaflet", "campaign"),
        ("utm_source=leaflet", "campaign"),
        ("utm_campaign=spring", "campaign"),
        ("gclid=abc", "paid"),
        ("utm_source=google&gclid=abc", "paid"),
        ("utm_medium=email&gclid=abc", "email"),
        ("fbclid=abc", "direct"),
        ("q=lamp", "direct"),
    ],
)
def test_what_the_link_says(query, channel):
    assert arrival(query).channel == channel


def test_the_link_comes_before_the_host():
    assert arrival("utm_medium=cpc", "https://www.google.com/") == Arrival(Channel.PAID, "www.google.com", "", "cpc", "")
    assert arrival("fbclid=abc", "https://m.facebook.com/") == Arrival(Channel.SOCIAL, "m.facebook.com")


def test_words_are_kept_in_small_letters():
    found = arrival("utm_source=Newsletter&utm_medium=EMAIL&utm_campaign=%20Wiosna%20%C5%81%C3%93D%C5%B9%20")

    assert found == Arrival(Channel.EMAIL, "", "newsletter", "email", "wiosna łódź")


def test_control_characters_are_dropped():
    assert arrival("utm_source=a%00b%0D%0Ac%1B[31m").utm_source == "abc[31m"


def test_words_are_cut_at_200_characters():
    assert arrival("utm_campaign=" + "X" * 100_000).utm_campaign == "x" * 200


def test_ids_of_clicks_are_never_kept():
    found = arrival("gclid=SECRET&msclkid=SECRET&fbclid=SECRET", "https://www.google.com/?gclid=SECRET")

    assert found == Arrival(Channel.PAID, "www.google.com")


def test_tables_name_channels_alone():
    assert {*MEDIA.values(), *HOSTS.values(), *NAMES.values()} <= set(Channel)


@pytest.mark.parametrize("host", ["", "localhost", "com", ".", "..."])
def test_hosts_without_an_ending_are_no_channel(host):
    assert host_channel(host) == ""


@given(
    words=st.dictionaries(st.sampled_from(["utm_source", "utm_medium", "gclid"]), st.text()), referrer=st.text(), own=st.text()
)
def test_no_text_makes_it_raise(words, referrer, own):
    found = arrival_of(words, referrer, own)

    assert len(found.utm_source) <= 200
    assert len(found.referrer) <= 200
    assert (found.utm_source + found.referrer).isprintable()
