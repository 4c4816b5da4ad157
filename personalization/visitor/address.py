"""Who is at the other end: the address of the visitor behind the proxies that the shop trusts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MOST_HOPS = 16
"""No shop has so many proxies of its own in a row; more is a loop or an attack."""

LONGEST = 64
"""Characters of an address with brackets and port, with room to spare."""


@lru_cache(maxsize=16)
def networks(given: tuple[str, ...]) -> tuple[Network, ...]:
    """The networks of the setting. One that is none is left out (a system check tells): trusting less does no harm."""
    return tuple(network for text in given if (network := _network(text)) is not None)


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Whether this is one of the shop's own proxies, so that what it says of a visitor may be believed."""
    parsed = parse(address)
    return parsed is not None and _within(parsed, trusted)


def client_address(remote_addr: str, forwarded_for: str, trusted: Sequence[Network]) -> str | None:
    """The nearest address that is none of our proxies; None where they do not say.

    Each proxy adds to the right of X-Forwarded-For whom it speaks to, so the chain is walked from the right and ends at the first
    stranger: whatever he wrote himself stands to the left of him and is never read. An entry that is no address ends the walk
    with None, for then a proxy of ours does not know. Behind nothing but our own proxies it is the leftmost of them.
    """
    peer = parse(remote_addr)
    if peer is None or not _within(peer, trusted):
        return None if peer is None else str(peer)
    for hop, text in enumerate(_from_the_right(forwarded_for)):
        peer = parse(text)
        if peer is None or hop >= MOST_HOPS:
            return None
        if not _within(peer, trusted):
            break
    return str(peer)


def network_of(address: str) -> str:
    """The network that an address lies in, 256 of IPv4 or a /48 of IPv6: so many one household or firm may well have.

    "" for what is no address.
    """
    parsed = parse(address)
    if parsed is None:
        return ""
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def parse(text: str) -> Address | None:
    """An address, with or without brackets and port; one of IPv4 written as IPv6 is that of IPv4. Never asks a name server."""
    if len(text) > LONGEST or "%" in text:
        return None
    try:
        parsed = ip_address(_bare(text.strip()))
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _bare(text: str) -> str:
    """Without port: "[2001:db8::1]:443", "192.0.2.1:443"."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _from_the_right(chain: str) -> Iterator[str]:
    """The entries of a header from the last to the first; one of 100 kB is not copied for each."""
    end = len(chain) if chain.strip() else 0
    while end > 0:
        start = chain.rfind(",", 0, end)
        yield chain[start + 1 : end]
        end = start


def _within(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)


def _network(text: str) -> Network | None:
    try:
        return ip_network(text)
    except ValueError:
        return None
