from __future__ import annotations

import pytest

from segmentation.membership import define
from tests.management.conftest import NOW

FILE = """\
version: 1
base_currency: GBP
segments:
- slug: french
  name: French
  description: ''
  state: live
  rule: customer.country = "FR"
- slug: loyal
  name: Loyal customers
  description: ''
  state: live
  rule: orders.count() >= 3 and orders.count(last 90 days) >= 1
"""


@pytest.mark.usefixtures("filled")
def test_all(segments):
    assert segments("export") == type(segments("list"))(FILE, "", 0)


@pytest.mark.usefixtures("filled")
def test_as_json(segments):
    ran = segments("export", "loyal", "--json")

    assert ran.data == {
        "version": 1,
        "base_currency": "GBP",
        "segments": [
            {
                "slug": "loyal",
                "name": "Loyal customers",
                "description": "",
                "state": "live",
                "rule": "orders.count() >= 3 and orders.count(last 90 days) >= 1",
            }
        ],
    }


@pytest.mark.usefixtures("loyal", "french")
def test_into_a_file(segments, tmp_path):
    path = tmp_path / "segments.yaml"
    ran = segments("export", "--file", str(path))

    assert (ran.out, ran.err, ran.code) == (f"2 segments written to {path}\n", "", 0)
    assert path.read_bytes() == FILE.encode()
    assert segments("export", "french", "--file", str(path), "--json").data == {"file": str(path), "segments": ["french"]}
    assert path.read_text().count("slug") == 1
    assert segments("export", "french", "--file", str(path)).out == f"1 segment written to {path}\n"


@pytest.mark.usefixtures("loyal")
def test_names_in_any_language_stay_readable(segments, tmp_path):
    define("vip", "orders.count() >= 9", name="Najlepsi 最好 🎁", now=NOW)
    path = tmp_path / "segments.yaml"
    segments("export", "--file", str(path))
    assert "name: Najlepsi 最好 🎁\n" in path.read_text("utf-8")


@pytest.mark.django_db
def test_of_an_empty_shop(segments):
    assert segments("export").out == "version: 1\nbase_currency: GBP\nsegments: []\n"


@pytest.mark.usefixtures("loyal")
def test_a_slug_that_no_segment_has(segments, tmp_path):
    path = tmp_path / "segments.yaml"
    ran = segments("export", "loyal", "vip", "--file", str(path))

    assert (ran.out, ran.err, ran.code) == ("", "no segment is called vip", 1)
    assert not path.exists()


@pytest.mark.usefixtures("loyal")
def test_a_file_that_cannot_be_written(segments, tmp_path):
    ran = segments("export", "--file", str(tmp_path))

    assert (ran.out, ran.code) == ("", 1)
    assert "Is a directory" in ran.err
