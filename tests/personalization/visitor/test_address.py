from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.visitor.address import client_address, is_trusted, networks, parse

TRUSTED = networks(("127.0.0.1", "10.0.0.0/8", "::1/128"))


@pytest.mark.parametrize(
    ("peer", "chain", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours: what it says of others is its own
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1,203.0.113.7 , 10.2.3.4", "203.0.113.7"),
        ("127.0.0.1", "10.9.9.9, 10.2.3.4", "10.9.9.9"),
        ("127.0.0.1", "203.0.113.7:51234", "203.0.113.7"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("127.0.0.1", "2001:DB8::1", "2001:db8::1"),
        ("::1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, unknown", None),
        ("127.0.0.1", "203.0.113.7, _hidden", None),
        ("127.0.0.1", "203.0.113.7,", None),
        ("127.0.0.1", "localhost", None),
        ("127.0.0.1", "fe80::1%eth0", None),
        ("127.0.0.1", ", ".join(["10.0.0.1"] * 17), None),
        ("127.0.0.1", ", ".join(["203.0.113.7", *["10.0.0.1"] * 15]), "203.0.113.7"),
        ("", "203.0.113.7", None),
        ("unix:", "203.0.113.7", None),
    ],
)
def test_the_client_is_the_nearest_stranger(peer, chain, expected):
    assert client_address(peer, chain, TRUSTED) == expected


ADDRESSES = st.ip_addresses().map(str)
STRANGERS = (
    st.ip_addresses()
    .map(lambda address: getattr(address, "ipv4_mapped", None) or address)
    .filter(lambda address: "%" not in str(address) and not any(address in network for network in TRUSTED))
)
OURS = st.integers(1, 2**24 - 1).map(lambda number: str(ip_address(0x0A000000 + number)))


@given(
    spoofed=st.lists(st.one_of(ADDRESSES, OURS, st.text(max_size=40), st.just("")), max_size=30),
    client=STRANGERS,
    proxies=st.lists(OURS, max_size=5),
)
def test_whatever_the_client_writes_before_himself_changes_nothing(spoofed, client, proxies):
    chain = [str(client), *proxies]

    assert client_address("127.0.0.1", ", ".join(chain), TRUSTED) == str(client)
    assert client_address("127.0.0.1", ", ".join([*spoofed, *chain]), TRUSTED) == str(client)


@given(peer=st.text(max_size=80), chain=st.text(max_size=200))
def test_no_text_makes_it_raise(peer, chain):
    found = client_address(peer, chain, TRUSTED)

    assert found is None or ip_address(found)


def test_a_header_of_100_kb_is_read_from_its_end_alone():
    class Counted(str):
        read = 0

        def __getitem__(self, key):
            part = super().__getitem__(key)
            Counted.read += len(part)
            return part

    chain = Counted("1," * 50_000 + "203.0.113.7, 10.0.0.1")

    assert client_address("127.0.0.1", chain, TRUSTED) == "203.0.113.7"
    assert Counted.read == len("203.0.113.7 10.0.0.1")


def test_an_entry_of_100_kb_is_no_address():
    assert client_address("127.0.0.1", "9" * 100_000, TRUSTED) is None
    assert parse("[" * 100_000) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("10.255.0.1", True),
        ("::1", True),
        ("11.0.0.1", False),
        ("::2", False),
        ("", False),
        ("proxy", False),
    ],
)
def test_a_proxy_of_ours(address, expected):
    assert is_trusted(address, TRUSTED) is expected


def test_nobody_is_trusted_where_nobody_is_named():
    assert is_trusted("127.0.0.1", ()) is False


def test_a_network_that_is_none_is_left_out():
    assert networks(("10.0.0.1/8", "proxy.shop.test", "10.0.0.0/8")) == networks(("10.0.0.0/8",))
