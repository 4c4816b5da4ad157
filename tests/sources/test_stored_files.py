from __future__ import annotations

import json
from decimal import Decimal
from functools import partial

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.entries import Entry, Refusal
from segmentation.sources.stored.files import JsonErrors, encoding_of, format_of, load_json

NOT_UTF8 = ["the file is not in UTF-8: read as Windows-1252"]
MIXED = ["the file is in two encodings: rows that are not in UTF-8 are refused"]


@pytest.fixture
def file(tmp_path):
    def write(content: bytes) -> str:
        path = tmp_path / "orders"
        path.write_bytes(content)
        return str(path)

    return write


@pytest.mark.parametrize(
    ("content", "encoding", "warnings"),
    [
        (b"", "utf-8-sig", []),
        (b"plain\n", "utf-8-sig", []),
        ("Zoé\n€".encode(), "utf-8-sig", []),
        ("Zoé".encode("utf-8-sig"), "utf-8-sig", []),
        ("Zoé\n€".encode("cp1252"), "cp1252", NOT_UTF8),
        ("Zoé\n".encode() + "Zoé".encode("cp1252"), "utf-8-sig", MIXED),
        ("Zoé".encode() + b"\xe9", "utf-8-sig", MIXED),
    ],
)
def test_encodings(file, content, encoding, warnings):
    assert encoding_of(file(content)) == (encoding, warnings)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_told(file, encoding):
    content = ("\ufeff" if encoding == "utf-16-be" else "") + "Name"

    with pytest.raises(SourceError, match="orders is in UTF-16: save it as UTF-8"):
        encoding_of(file(content.encode(encoding)))


def test_no_file(tmp_path):
    with pytest.raises(SourceError, match="nothing cannot be read: No such file or directory"):
        encoding_of(tmp_path / "nothing")


def test_a_directory(tmp_path):
    with pytest.raises(SourceError, match="cannot be read: Is a directory"):
        encoding_of(tmp_path)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'{"orders": []}', "json"),
        (b"\xef\xbb\xbf\n [1]", "woocommerce"),
        (b'"Name",Email,"Lineitem sku"\n', "shopify"),
        (b"customer,product,date\nLineitem", "csv"),
        (b"", "csv"),
        (b"\xe9", "csv"),
    ],
)
def test_what_made_a_file(file, content, name):
    assert format_of(file(content)) == name


def test_json_with_decimals(file):
    assert load_json(file('\ufeff{"total": 19.90, "who": "Zoé"}'.encode())) == ({"total": Decimal("19.90"), "who": "Zoé"}, [])
    assert load_json(file('["Zoé"]'.encode("cp1252"))) == (["Zoé"], NOT_UTF8)
    assert load_json(file('["Zoé", "'.encode() + b'\xe9"]')) == (["Zoé", "\udce9"], MIXED)


@pytest.mark.parametrize("content", [b"", b"Name,Email", b'{"orders": [', b"[" * 100_000])
def test_no_json(file, content):
    with pytest.raises(SourceError, match="orders is no JSON: "):
        load_json(file(content))


def test_refused_rows_are_kept(tmp_path):
    path = tmp_path / "errors.json"
    errors = JsonErrors(str(path))
    place = partial(tuple)
    refusals = [Refusal(3, "total", "is required"), Refusal(3, "", "is odd")]
    errors.add(Entry("orders", "1", 3, [{"name": "\udce9", "total": Decimal("1.50")}], place, refusals=refusals))
    assert not path.exists()

    errors.close()

    assert json.loads(path.read_text()) == [
        {
            "relation": "orders",
            "row": 3,
            "errors": [{"column": "total", "message": "is required"}, {"column": "", "message": "is odd"}],
            "data": {"name": "\udce9", "total": "1.50"},
        }
    ]


def test_no_file_for_no_errors(tmp_path):
    JsonErrors(str(tmp_path / "errors.json")).close()

    assert list(tmp_path.iterdir()) == []
