from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from segmentation.models import Rate
from segmentation.sources.rates_stored import StoredRates

pytestmark = pytest.mark.django_db

HISTORY = "Date,USD,GBP,HRK,\n2024-01-03,1.0919,0.8635,N/A,\n2024-01-02,1.0956,0.86645,7.5345,\n"


@pytest.fixture
def file(tmp_path):
    """Writes a file and gives its path."""

    def write(text: str) -> str:
        path = tmp_path / "rates.csv"
        path.write_text(text)
        return str(path)

    return write


def test_the_banks_history(segments, file):
    ran = segments("import-rates", file(HISTORY), "--json")

    assert ran.data == {"added": 5, "changed": 0, "unchanged": 0, "refused": 0, "errors": []}
    assert (ran.err, ran.code) == ("", 0)
    assert StoredRates("GBP").rate("USD", date(2024, 1, 5)) == Fraction("0.8635") / Fraction("1.0919")


def test_the_same_again_changes_nothing(segments, file):
    segments("import-rates", file(HISTORY))
    ran = segments("import-rates", file(HISTORY.replace("1.0919", "1.1")), "--format", "ecb")

    assert ran.out == "added 0, changed 1, unchanged 4\nThe next refresh converts amounts by these rates.\n"
    assert segments("import-rates", file(HISTORY.replace("1.0919", "1.1"))).out == "added 0, changed 0, unchanged 5\n"


def test_a_table_of_ones_own_is_in_the_base_currency(segments, file):
    ran = segments("import-rates", file("currency,day,rate\nusd,2026-01-01,0.79\n"), "--format", "csv")

    assert ran.code == 0
    assert str(Rate.objects.get()) == "USD/GBP 0.79 from 2026-01-01"


def test_what_cannot_be_is_told_and_the_rest_kept(segments, file):
    ran = segments("import-rates", file(HISTORY.replace("0.8635", "0")), "--json")

    message = "'0' is no rate: it must be a number above zero"
    assert ran.data["errors"] == [{"row": 2, "column": "GBP", "message": message}]
    assert (ran.data["added"], ran.data["refused"], ran.code) == (4, 1, 1)
    assert ran.err == f"row 2, GBP: {message}\n"


def test_a_file_of_another_kind_is_a_wrong_command_line(segments, file):
    ran = segments("import-rates", file("a,b\n"))

    assert (ran.out, ran.code) == ("", 2)
    assert ran.err.endswith("is no file of the European Central Bank")
    assert segments("import-rates", "/nowhere.csv").code == 2


def test_rates_of_the_setting_come_first(segments, file, configure):
    configure(RATES={"USD": "0.79"})

    assert segments("import-rates", file(HISTORY)).out.endswith(
        "SEGMENTATION has RATES of its own: these rates are kept, but not used.\n"
    )
