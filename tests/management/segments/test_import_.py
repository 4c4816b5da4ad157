from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.membership import define
from segmentation.models import Segment
from tests.management.conftest import NOW
from tests.management.segments.test_export import FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Writes a file and gives its path."""

    def write(text: str = FILE) -> str:
        path = Path(tmp_path, "segments.yaml")
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_into_an_empty_shop(segments, file):
    ran = segments("import", file())

    assert ran.out.splitlines() == ["created french", "created loyal", "The next refresh answers them."]
    assert (ran.err, ran.code) == ("", 0)
    assert segments("export").out == FILE


def test_the_same_file_again_says_that_nothing_changed(segments, file):
    segments("import", file())
    ran = segments("import", file())

    assert ran.out.splitlines() == ["unchanged french", "unchanged loyal", "Nothing changed."]
    assert [segment.version for segment in Segment.objects.all()] == [1, 1]


def test_as_json(segments, file):
    define("loyal", "orders.count() >= 3", name="Loyal customers", now=NOW)
    define("mine", "orders.count() >= 3", now=NOW)
    ran = segments("import", file(), "--json")

    assert ran.data == {"created": ["french"], "changed": ["loyal"], "unchanged": [], "dry_run": False}
    assert sorted(Segment.objects.values_list("slug", "version")) == [("french", 1), ("loyal", 2), ("mine", 1)]


def test_a_dry_run_writes_nothing(segments, file):
    define("loyal", "orders.count() >= 3", name="Loyal customers", now=NOW)
    ran = segments("import", file(), "--dry-run")

    assert ran.out.splitlines() == ["created french", "changed loyal", "A dry run: nothing was written."]
    assert segments("import", file(), "--dry-run", "--json").data["dry_run"] is True
    assert Segment.objects.get().version == 1


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--dry-run",)])
def test_what_is_wrong_is_told_line_by_line_and_nothing_is_kept(segments, file, arguments):
    ran = segments("import", file(FILE.replace("live", "asleep").replace("90 days", "90")), *arguments)

    assert (ran.out, ran.code) == ("", 1)
    assert [line[:39] for line in ran.err.splitlines()] == [
        "line 7, french: the state 'asleep' is n",
        "line 12, loyal: the state 'asleep' is n",
        "line 13, loyal: rule line 1, column 45:",
    ]
    assert not Segment.objects.exists()


def test_a_rule_that_cannot_be_asked(segments, file):
    ran = segments("import", file(FILE.replace("customer.country", "customer.shoe")))

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err == "line 8, french: rule /rules/0/field: unknown fact customer.shoe"
    assert not Segment.objects.exists()


def test_no_such_file(segments, tmp_path):
    ran = segments("import", str(tmp_path / "nothing.yaml"))

    assert (ran.out, ran.code) == ("", 2)
    assert "No such file or directory" in ran.err


def test_a_file_without_end_is_not_read_to_its_end(segments):
    ran = segments("import", "/dev/zero")

    assert (ran.out, ran.err, ran.code) == ("", "the file is larger than 8388608 bytes", 1)
