from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal

import pytest

from segmentation.errors import SourceError
from segmentation.sources.rates_files import MOST_BYTES, Refusal, read_ecb, read_plain
from segmentation.sources.rates_stored import Quote

HISTORY = """Date,USD,JPY,GBP,HRK,
2024-01-03,1.0919,155.52,0.8635,N/A,
2024-01-02,1.0956,,0.86645,7.5345,
"""
TODAY = "Date, USD, JPY, \n03 January 2024, 1.0919, 155.52, \n"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube>
    <Cube time="2024-01-03"><Cube currency="USD" rate="1.0919"/><Cube currency="JPY" rate="155.52"/></Cube>
    <Cube time="2024-01-02"><Cube currency="USD" rate="1.0956"/></Cube>
  </Cube>
</gesmes:Envelope>
"""
THIRD, SECOND = date(2024, 1, 3), date(2024, 1, 2)


@pytest.fixture
def write(tmp_path):
    """A file with this text; in a zip where its name ends so."""

    def made(text: str | bytes, name: str = "rates.csv", **members: str):
        path = tmp_path / name
        if not name.endswith(".zip"):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            return path
        with zipfile.ZipFile(path, "w") as archive:
            for member, content in {"rates.csv": text, **members}.items():
                archive.writestr(member, content)
        return path

    return made


def euro(currency: str, day: date, rate: str) -> Quote:
    return Quote("EUR", currency, day, Decimal(rate))


EXPECTED = [
    euro("USD", THIRD, "1.0919"),
    euro("JPY", THIRD, "155.52"),
    euro("GBP", THIRD, "0.8635"),
    euro("USD", SECOND, "1.0956"),
    euro("GBP", SECOND, "0.86645"),
    euro("HRK", SECOND, "7.5345"),
]


@pytest.mark.parametrize("name", ["eurofxref-hist.csv", "eurofxref-hist.zip"])
def test_the_banks_history(write, name):
    assert read_ecb(write(HISTORY, name)) == (EXPECTED, [])


@pytest.mark.parametrize(
    "text", [HISTORY.replace("\n", "\r\n"), "\ufeff" + HISTORY, HISTORY + "\n\n"], ids=["crlf", "bom", "ends"]
)
def test_the_same_as_others_save_it(write, text):
    assert read_ecb(write(text)) == (EXPECTED, [])


def test_the_banks_file_of_today(write):
    assert read_ecb(write(TODAY)) == ([euro("USD", THIRD, "1.0919"), euro("JPY", THIRD, "155.52")], [])


@pytest.mark.parametrize("name", ["eurofxref.xml", "eurofxref.zip"])
def test_the_banks_xml(write, name):
    expected = [euro("USD", THIRD, "1.0919"), euro("JPY", THIRD, "155.52"), euro("USD", SECOND, "1.0956")]

    assert read_ecb(write(XML, name)) == (expected, [])


def test_what_cannot_be_is_refused_by_row_and_column(write):
    text = HISTORY.replace("155.52", "-1").replace("0.86645", "x").replace("2024-01-02", "2024-13-02")
    quotes, refusals = read_ecb(write(text))

    assert quotes == [EXPECTED[0], EXPECTED[2]]
    assert refusals == [
        Refusal(2, "JPY", "'-1' is no rate: it must be a number above zero"),
        Refusal(3, "Date", "“2024-13-02” is no day such as 2026-01-31"),
        Refusal(3, "GBP", "'x' is no rate: it must be a number above zero"),
    ]
    assert read_ecb(write(XML.replace('currency="JPY"', ""))).refusals == [Refusal(1, "", "“” is no currency")]
    assert read_ecb(write(XML.replace("2024-01-02", "tomorrow"))).refusals == [
        Refusal(2, "time", "“tomorrow” is no day such as 2026-01-31")
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "rates.csv"),
        ("currency,day,rate\nUSD,2024-01-03,1\n", "rates.csv"),
        ("<Envelope/>", "rates.xml"),
        ("<Envelope>", "rates.xml"),
        (b"\xff\xfe\x00", "rates.csv"),
        ("Date,USD\n2024-01-03," + "1" * 200_000, "rates.csv"),
    ],
    ids=["empty", "another CSV", "no days", "torn", "no text", "endless cell"],
)
def test_what_is_none_of_the_banks_files(write, text, name):
    with pytest.raises(SourceError):
        read_ecb(write(text, name))


def test_a_zip_of_anything_else(write, tmp_path):
    with pytest.raises(SourceError, match="must hold one file of rates"):
        read_ecb(write(HISTORY, "rates.zip", readme="Hello"))
    with pytest.raises(SourceError, match="cannot be read"):
        read_ecb(write(write(HISTORY, "torn.zip").read_bytes().replace(b"2024-01-03", b"2025-01-03"), "rates.bin"))
    with pytest.raises(SourceError, match="cannot be read"):
        read_ecb(tmp_path / "nowhere.csv")
    with zipfile.ZipFile(tmp_path / "large.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rates.csv", b"0" * (MOST_BYTES + 1))
    with pytest.raises(SourceError, match="must hold one file of rates"):
        read_ecb(tmp_path / "large.zip")


def test_a_table_of_ones_own(write):
    text = "Rate, Currency ,DAY,remark\n0.79,usd,2026-01-01,\n\n0.1974, PLN,2026-01-01,from the paper\n"

    assert read_plain(write(text), "gbp") == (
        [Quote("USD", "GBP", date(2026, 1, 1), Decimal("0.79")), Quote("PLN", "GBP", date(2026, 1, 1), Decimal("0.1974"))],
        [],
    )


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("USD,2026-01-01,0", "rate", "'0' is no rate: it must be a number above zero"),
        ("USD,2026-01-01,", "rate", "'' is no rate: it must be a number above zero"),
        ("USD,2026-01-01", "rate", "'' is no rate: it must be a number above zero"),
        ("USD,2026-01-01,1.1234567890123", "rate", "“1.1234567890123” has more than 15 digits or 12 decimals"),
        ("USD,2026-01-01,1234.567890123456", "rate", "“1234.567890123456” has more than 15 digits or 12 decimals"),
        ("USD,1 January,1", "day", "“1 January” is no day such as 2026-01-31"),
        ("US dollar,2026-01-01,1", "currency", "“US dollar” is no currency"),
        (",2026-01-01,1", "currency", "“” is no currency"),
        ("gbp,2026-01-01,1", "currency", "GBP is worth 1 of itself"),
    ],
)
def test_a_row_that_cannot_be(write, row, column, message):
    found = read_plain(write(f"currency,day,rate\n{row}\nJPY,2026-01-01,0.0050\n"), "GBP")

    assert found.refusals == [Refusal(2, column, message)]
    assert found.quotes == [Quote("JPY", "GBP", date(2026, 1, 1), Decimal("0.005"))]


def test_all_that_is_wrong_with_a_row_is_told(write):
    assert read_plain(write("rate,currency,day\nx,US dollar,today\n"), "GBP").refusals == [
        Refusal(2, "currency", "“US dollar” is no currency"),
        Refusal(2, "day", "“today” is no day such as 2026-01-31"),
        Refusal(2, "rate", "'x' is no rate: it must be a number above zero"),
    ]


def test_a_table_without_its_columns(write):
    with pytest.raises(SourceError, match="has no column day, rate"):
        read_plain(write("currency,date\nUSD,2026-01-01\n"), "GBP")
    with pytest.raises(SourceError, match="has no column currency, day, rate"):
        read_plain(write(""), "GBP")
