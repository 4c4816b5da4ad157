from __future__ import annotations

import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from personalization.visitor import geoip
from personalization.visitor.geoip import Spot, look_up, problem

DATA = Path(__file__).parent / "data"
CITY, COUNTRY = str(DATA / "GeoIP2-City-Test.mmdb"), str(DATA / "GeoIP2-Country-Test.mmdb")
FLAT = str(Path(__file__).parents[3] / "shopdemo" / "data" / "iptoasn-country-ipv4.mmdb")
LONDON = "81.2.69.142"


@pytest.fixture(autouse=True)
def _afresh(monkeypatch):
    monkeypatch.setattr(geoip, "_opened", {})
    monkeypatch.setattr(geoip, "_told", {})


def test_a_record_with_a_city():
    assert look_up(LONDON, CITY) == Spot("GB", "ENG", "London", "Europe/London", 51.5142, -0.0931)


def test_a_record_with_a_country():
    assert look_up(LONDON, COUNTRY) == Spot("GB")


def test_a_flat_record():
    assert look_up(LONDON, FLAT) == Spot("GB")
    assert look_up("8.8.8.8", FLAT) == Spot("US")


def test_ipv6():
    assert look_up("2001:218::1", CITY) == Spot("JP", "", "", "Asia/Tokyo", 35.68536, 139.75309)
    assert look_up("2001:218::1", FLAT) is None  # the file has no IPv6 at all


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fc00::1",
    ],
)
@pytest.mark.parametrize("path", [CITY, FLAT])
def test_addresses_of_no_place(address, path):
    assert look_up(address, path) is None


@pytest.mark.parametrize("address", [None, "", "localhost", "example.com", "1.2.3", "9" * 100_000])
def test_what_is_no_address_is_never_asked_of_a_name_server(address, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *args: pytest.fail("asked a name server"))

    assert look_up(address, CITY) is None


def test_an_address_that_the_file_does_not_know():
    assert look_up("198.41.0.4", CITY) is None


def test_no_path_is_no_failure(caplog):
    assert look_up(LONDON, "") is None
    assert (problem(""), caplog.records) == ("", [])


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"country_code": "XX"},
        {"country": {"iso_code": "EU"}},
        {"country": {}},
        {"country_code": 5},
        {"country": None},
        "GB",
        5,
        None,
        [],
    ],
    ids=str,
)
def test_a_record_that_names_no_country(record, monkeypatch):
    answering(monkeypatch, record)

    assert look_up(LONDON, CITY) is None


def test_a_record_of_another_shape_gives_what_it_has(monkeypatch):
    record = {
        "country": {"iso_code": "gb"},
        "subdivisions": [],
        "city": "London",
        "location": {"time_zone": 5, "latitude": 91, "longitude": "1"},
    }
    answering(monkeypatch, record)

    assert look_up(LONDON, CITY) == Spot("GB")


def answering(monkeypatch, record):
    """A reader that gives this record for every address."""
    reader = SimpleNamespace(metadata=lambda: SimpleNamespace(ip_version=6), get=lambda address: record)
    monkeypatch.setattr("maxminddb.open_database", lambda path: reader)


def test_a_new_file_is_opened_anew(tmp_path):
    path = tmp_path / "geo.mmdb"
    path.write_bytes(Path(COUNTRY).read_bytes())
    assert look_up(LONDON, str(path)) == Spot("GB")

    other = tmp_path / "new.mmdb"
    other.write_bytes(Path(CITY).read_bytes())
    os.replace(other, path)
    assert look_up(LONDON, str(path)).city == "London"


def test_a_file_that_stays_is_opened_once(monkeypatch):
    import maxminddb

    opened = []
    monkeypatch.setattr(
        "maxminddb.open_database", lambda path, really=maxminddb.open_database: opened.append(path) or really(path)
    )
    look_up(LONDON, CITY)
    look_up(LONDON, CITY)

    assert opened == [CITY]


def test_a_file_that_comes_later_is_found(tmp_path):
    path = tmp_path / "geo.mmdb"
    assert look_up(LONDON, str(path)) is None
    path.write_bytes(Path(COUNTRY).read_bytes())

    assert look_up(LONDON, str(path)) == Spot("GB")


@pytest.mark.parametrize("content", [b"", b"no database", Path(COUNTRY).read_bytes()[:9000]], ids=["empty", "text", "cut"])
def test_a_damaged_file_is_unknown_and_logged_once_a_minute(content, tmp_path, caplog, monkeypatch):
    path = tmp_path / "geo.mmdb"
    path.write_bytes(content)
    clock = iter([100.0, 101.0, 159.0, 160.0])
    monkeypatch.setattr(geoip, "monotonic", lambda: next(clock))

    assert [look_up(LONDON, str(path)) for _ in range(4)] == [None] * 4
    assert [(record.levelno, str(path) in record.getMessage()) for record in caplog.records] == [(logging.ERROR, True)] * 2


def test_every_byte_of_a_file_may_be_damaged(tmp_path):
    content = bytearray(Path(COUNTRY).read_bytes())
    for start in range(0, len(content), 97):
        damaged = bytearray(content)
        damaged[start : start + 40] = b"\xff" * 40
        path = tmp_path / f"{start}.mmdb"
        path.write_bytes(damaged)
        found = look_up(LONDON, str(path))
        assert found is None or isinstance(found, Spot)


def test_a_missing_file_and_a_folder_are_told(tmp_path, caplog):
    assert look_up(LONDON, str(tmp_path / "none.mmdb")) is None
    assert look_up(LONDON, str(tmp_path)) is None
    assert [record.getMessage() for record in caplog.records] == [
        f"GeoIP: {tmp_path}/none.mmdb cannot be read: FileNotFoundError: [Errno 2] No such file or directory: "
        f"'{tmp_path}/none.mmdb'; visitors are placed without it",
        f"GeoIP: {tmp_path} is no file; visitors are placed without it",
    ]


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert look_up(LONDON, str(tmp_path / "pipe")) is None


def test_without_the_library_nothing_is_known(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "maxminddb", None)

    assert look_up(LONDON, CITY) is None
    assert "pip install django-regulars[place]" in caplog.text


def test_many_threads_read_while_files_change(tmp_path):
    path = tmp_path / "geo.mmdb"
    path.write_bytes(Path(COUNTRY).read_bytes())

    def swap(turn):
        new = tmp_path / f"{turn}.mmdb"
        new.write_bytes(Path(CITY if turn % 2 else COUNTRY).read_bytes())
        os.replace(new, path)

    with ThreadPoolExecutor(8) as pool:
        swaps = [pool.submit(swap, turn) for turn in range(40)]
        found = list(pool.map(lambda _: look_up(LONDON, str(path)), range(2000)))
        assert [each.result() for each in swaps] == [None] * 40

    assert {spot.country for spot in found} == {"GB"}
