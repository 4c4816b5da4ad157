from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from segmentation.models import ImportedCustomer, ImportedOrder, ImportedOrderLine
from tests.management.conftest import Terminal

pytestmark = pytest.mark.django_db

IMPORTS = Path(__file__).parents[2] / "sources" / "imports"


@pytest.fixture
def shopify(tmp_path):
    """A copy of the export, with some of its text changed."""

    def copy(*changes: tuple[str, str], encoding: str = "utf-8") -> Path:
        text = (IMPORTS / "shopify_orders.csv").read_text("utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "orders.csv"
        path.write_text(text, encoding)
        return path

    return copy


BAD = ("zoe@example.com,partially_refunded", "nobody,partially_refunded")


def imported():
    return ImportedOrder.objects.count()


def test_for_people(segments, shopify):
    ran = segments("import-orders", "--format", "shopify", str(shopify()))

    assert [line.split() for line in ran.out.splitlines()[:4]] == [
        ["relation", "created", "updated", "unchanged", "removed"],
        ["orders", "5", "0", "0", "0"],
        ["refunds", "1", "0", "0", "0"],
        ["products", "3", "0", "0", "0"],
    ]
    assert ran.out.splitlines()[4:] == [
        "orders that do not count: cancelled 1, voided 1",
        "The next refresh answers the segments with these rows.",
    ]
    assert (ran.err, ran.code, imported()) == ("", 0, 5)


def test_the_same_file_again_says_that_nothing_changed(segments, shopify):
    segments("import-orders", str(shopify()))
    ran = segments("import-orders", str(shopify()))

    assert ran.out.splitlines()[-1] == "Nothing changed."
    assert (ran.err, ran.code) == ("", 0)


@pytest.mark.parametrize(("name", "orders"), [("shopify_orders.csv", 5), ("woocommerce_orders.json", 4), ("canonical.json", 2)])
def test_the_format_is_told_from_the_file(segments, name, orders):
    ran = segments("import-orders", str(IMPORTS / name), "--json")

    assert ran.data["relations"]["orders"] == {"created": orders, "updated": 0, "unchanged": 0, "removed": 0}
    assert (ran.err, ran.code, imported()) == ("", 0, orders)


def test_json(segments, shopify):
    path = shopify(BAD)
    ran = segments("import-orders", str(path), "--json")

    assert ran.data == {
        "relations": {
            "orders": {"created": 4, "updated": 0, "unchanged": 0, "removed": 0},
            "refunds": {"created": 0, "updated": 0, "unchanged": 0, "removed": 0},
            "products": {"created": 3, "updated": 0, "unchanged": 0, "removed": 0},
        },
        "left_out": {"cancelled": 1, "voided": 1},
        "refused": 1,
        "errors": [{"row": 3, "column": "Email", "message": "is no e-mail address"}],
        "errors_file": f"{path}.errors.csv",
        "warnings": [],
        "dry_run": False,
    }
    assert ran.code == 1


def test_refused_rows_are_told_and_kept(segments, shopify):
    path = shopify(BAD)
    ran = segments("import-orders", str(path))

    assert ran.code == 1
    assert ran.err == f"row 3, Email: is no e-mail address\nrefused: 1; kept in {path}.errors.csv\n"
    assert "#1006" not in set(ImportedOrder.objects.values_list("order_id", flat=True))


def test_what_was_kept_can_be_mended_and_imported(segments, shopify):
    path = shopify(BAD)
    segments("import-orders", str(path))
    kept = Path(f"{path}.errors.csv")
    kept.write_text(kept.read_text("utf-8-sig").replace("nobody,", "zoe@example.com,"), "utf-8")

    ran = segments("import-orders", str(kept), "--json")

    assert (ran.data["relations"]["orders"]["created"], ran.code) == (1, 0)
    order = ImportedOrder.objects.get(order_id="#1006")
    assert (order.email, order.lines.count()) == ("zoe@example.com", 2)


def test_errors_of_json_are_kept_as_json(segments, tmp_path):
    path, kept = tmp_path / "rows.json", tmp_path / "kept"
    path.write_text('{"orders": [{"order_id": 1}, 7]}')

    ran = segments("import-orders", str(path), "--errors", str(kept))

    assert [(row["row"], row["data"]) for row in json.loads(kept.read_text())] == [(1, {"order_id": 1}), (2, 7)]
    assert ran.err.splitlines()[-2:] == ["row 2: is no row", f"refused: 2; kept in {kept}"]
    assert list(tmp_path.glob("*.errors.*")) == []


def test_a_dry_run_writes_nothing(segments, shopify):
    path = shopify(BAD)
    ran = segments("import-orders", str(path), "--dry-run")

    assert ran.out.splitlines()[-1] == "A dry run: nothing was written."
    assert ran.err.splitlines()[-1] == "refused: 1"
    assert (ran.code, imported(), list(path.parent.iterdir())) == (1, 0, [path])


def test_a_dry_run_keeps_refused_rows_where_it_is_told(segments, shopify, tmp_path):
    segments("import-orders", str(shopify(BAD)), "--dry-run", "--errors", str(tmp_path / "kept.csv"))

    assert (tmp_path / "kept.csv").exists()
    assert imported() == 0


@pytest.mark.parametrize("name", ["Created at", "Lineitem price"])
def test_a_column_that_is_missing_is_named(segments, shopify, name):
    path = shopify((f",{name},", f",My {name},"))
    ran = segments("import-orders", str(path))

    assert (ran.out, ran.code) == ("", 2)
    assert ran.err == f"{path} is no order export of Shopify: it has no column {name}"


@pytest.mark.parametrize("content", ["", "hello\n"])
def test_what_is_no_export(segments, tmp_path, content):
    path = tmp_path / "orders.csv"
    path.write_text(content)
    ran = segments("import-orders", str(path))

    head = content.strip()
    said = f"no column is known as customer, product, date; its head is “{head}”. Say which it is, by --column product=NAME"
    assert (ran.err, ran.code) == (f"{path}: {said}", 2)


def test_a_plain_csv(segments, tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text("household;item;day\n7;LAMP;01/03/2026\n7;MUG;01/03/2026\n8;MUG;02/03/2026\n")
    ran = segments(
        "import-orders", str(path), "--column", "customer=household", "--column", "date=day", "--date-format", "%d/%m/%Y"
    )

    assert [line.split()[:2] for line in ran.out.splitlines()[1:4]] == [["orders", "2"], ["customers", "2"], ["products", "2"]]
    assert ran.err.splitlines() == [
        "no column names the order: what one customer bought at one time is one order",
        "there is no price: all amounts are 0",
    ]
    assert (ran.code, imported(), ImportedOrderLine.objects.count()) == (0, 2, 3)


def test_what_is_said_of_a_plain_csv_is_not_said_of_others(segments, shopify):
    ran = segments("import-orders", str(shopify()), "--date-format", "%d/%m/%Y")

    assert (ran.err, ran.code) == ("--date-format and --column are for --format csv; this is shopify", 2)


@pytest.mark.parametrize(("name", "message"), [("woocommerce", "is no JSON"), ("json", "is no JSON")])
def test_a_file_of_another_format(segments, shopify, name, message):
    ran = segments("import-orders", str(shopify()), "--format", name)

    assert message in ran.err
    assert ran.code == 2


def test_no_such_file(segments, tmp_path):
    ran = segments("import-orders", str(tmp_path / "nothing.csv"))

    assert (ran.err, ran.code) == (f"{tmp_path}/nothing.csv cannot be read: No such file or directory", 2)


def test_where_refused_rows_cannot_be_kept(segments, shopify, tmp_path):
    ran = segments("import-orders", str(shopify(BAD)), "--errors", str(tmp_path / "no" / "kept.csv"))

    assert ran.code == 1
    assert "No such file or directory" in ran.err


def test_refused_rows_are_not_kept_over_the_file(segments, shopify):
    path = shopify(BAD)
    before = path.read_bytes()
    ran = segments("import-orders", str(path), "--errors", str(path.parent / "." / path.name))

    assert (ran.err, ran.code) == (f"--errors: {path} is the file itself", 2)
    assert (path.read_bytes(), imported()) == (before, 0)


def test_a_zone_for_times_without_an_offset(segments, shopify):
    path = shopify(("2026-02-14 17:09:34 -0300", "2026-02-14 17:09:34"))
    assert segments("import-orders", str(path)).code == 1

    ran = segments("import-orders", str(path), "--zone", "America/Sao_Paulo")

    assert (ran.err, ran.code) == ("", 0)
    assert ImportedOrder.objects.get(order_id="#1003").placed_at.hour == 20


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd"])
def test_a_zone_that_is_none(segments, shopify, zone):
    ran = segments("import-orders", str(shopify()), "--zone", zone)

    assert ran.err.startswith(f"--zone: “{zone}” is no IANA time zone")
    assert ran.code == 2


def test_an_older_encoding_is_told(segments, shopify):
    ran = segments("import-orders", str(shopify(encoding="cp1252")))

    assert (ran.err, ran.code, imported()) == ("the file is not in UTF-8: read as Windows-1252\n", 0, 5)


def test_two_encodings_in_one_file(segments, shopify):
    path = shopify((",Mug - Blue / Large,12.50,,MUG-BL,true,true,fulfilled,,", ",Mug é,12.50,,MUG-BL,true,true,fulfilled,,"))
    path.write_bytes(path.read_bytes().replace("Mug é".encode(), "Mug é".encode("cp1252")))

    ran = segments("import-orders", str(path))

    assert ran.err.splitlines()[:2] == [
        "the file is in two encodings: rows that are not in UTF-8 are refused",
        "row 2, Lineitem name: holds characters that cannot be read",
    ]
    assert ran.code == 1


def test_progress_on_a_terminal(segments, shopify):
    ran = segments("import-orders", str(shopify()), out=Terminal())

    assert ran.out.startswith("\rorders 7 / 7\n")


def test_a_file_with_a_head_alone(segments, shopify):
    path = shopify()
    path.write_text(path.read_text("utf-8").splitlines()[0])
    ran = segments("import-orders", str(path))

    assert (ran.out.splitlines()[-1], ran.err, ran.code) == ("Nothing changed.", "", 0)


BARE = {"orders": [{"order_id": "1", "customer": "7", "placed_at": "2026-07-01", "total": "0", "lines": []}]}


def test_dates_of_our_own_format_are_in_the_zone(segments, tmp_path):
    path = tmp_path / "orders.json"
    path.write_text(json.dumps(BARE))
    refused = segments("import-orders", str(path))
    ran = segments("import-orders", str(path), "--zone", "Europe/Paris")

    assert refused.err.splitlines()[0] == "row 1, placed_at: has no offset: say in which zone it is"
    assert "Nothing changed." not in refused.out
    assert (ran.err, ran.code) == ("", 0)
    assert ImportedOrder.objects.get().placed_at == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert [row.customer_id for row in ImportedCustomer.objects.all()] == ["7"]
