from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import F, OuterRef, Sum, Value

from segmentation.rules.values import Kind
from segmentation.sources import Column, Money
from segmentation.sources.columns import ColumnSpec, ResolvedColumn
from segmentation.sources.problems import ProblemCode, SourceProblem
from segmentation.sources.resolve import Mapped, resolve
from tests.sources.zoo.models import Animal, Den, Visit

NO_MAPPING = "is mapped to a tuple: neither an ORM path, an expression nor a callable"


def settle(column, spec=None, *, model=Visit, current=False):
    return resolve(Mapped("visits", "thing", column, spec, current), model.objects.all())


def problem(code, message, hint=""):
    return SourceProblem(code, "visits", "thing", message, hint)


def test_a_canonical_column_has_the_canonical_flags():
    spec = ColumnSpec(Kind.TEXT, required=True, current=True, key=True, personal=True, restricted=True)

    assert settle(Column("number", label="Number"), spec) == ResolvedColumn(
        relation="visits",
        name="thing",
        kind=Kind.TEXT,
        scale=0,
        current=True,
        key=True,
        personal=True,
        restricted=True,
        required=True,
        label="Number",
        value="number",
        minor_units=False,
    )


def test_the_shop_may_say_otherwise():
    spec = ColumnSpec(Kind.TEXT, current=True, key=True, personal=True, restricted=True)
    column = settle(Column("number", current=False, key=False, personal=False, restricted=False), spec)

    assert (column.current, column.key, column.personal, column.restricted) == (False, False, False, False)


def test_a_column_of_a_current_relation_is_current():
    assert settle(Column("number"), current=True).current is True
    assert settle(Column("number")).current is False
    assert settle(Column("number", current=False), current=True).current is False


@pytest.mark.parametrize(
    ("model", "column", "kind", "scale", "minor_units"),
    [
        (Visit, Column("number"), Kind.TEXT, 0, False),
        (Visit, Column("cents"), Kind.NUMBER, 0, False),
        (Visit, Column("cents", scale=2), Kind.NUMBER, 2, True),
        (Visit, Column("cents", kind="money"), Kind.MONEY, 0, False),
        (Visit, Money("cents"), Kind.MONEY, 0, False),
        (Visit, Money("cents", scale=2), Kind.MONEY, 2, True),
        (Visit, Money(Sum("items__quantity"), scale=2), Kind.MONEY, 2, True),
        (Visit, Money("cents", scale=0), Kind.MONEY, 0, False),
        (Animal, Money("price"), Kind.MONEY, 3, False),
        (Animal, Money("price", scale=2), Kind.MONEY, 2, False),
        (Animal, Money("weight"), Kind.MONEY, 6, False),
        (Animal, Column("size"), Kind.TEXT, 0, False),  # choices are codes
        (Animal, Column("size", kind="number"), Kind.NUMBER, 0, False),
        (Animal, Column("pk", key=True), Kind.TEXT, 0, False),
        (Animal, Column("pk", kind="text"), Kind.TEXT, 0, False),
        (Animal, Column("notes__colour", kind="text"), Kind.TEXT, 0, False),
        (Animal, Column(str, kind="text"), Kind.TEXT, 0, False),
        (Animal, Column(lambda animal: Decimal(1), kind="number"), Kind.NUMBER, 6, False),
        (Animal, Column(lambda animal: 1, kind="number", scale=2), Kind.NUMBER, 2, False),
        (Animal, Column(Value("x")), Kind.TEXT, 0, False),
    ],
)
def test_kind_and_scale_of_a_shops_own_column(model, column, kind, scale, minor_units):
    settled = settle(column, model=model)

    assert (settled.kind, settled.scale, settled.minor_units) == (kind, scale, minor_units)


@pytest.mark.parametrize(
    ("model", "path", "wanted"),
    [
        (Visit, "state", Kind.TEXT),  # choices
        (Visit, "cents", Kind.MONEY),
        (Visit, "cents", Kind.NUMBER),
        (Animal, "weight", Kind.MONEY),
        (Animal, "notes__stock", Kind.NUMBER),  # JSON says nothing
        (Visit, "keeper__newsletter", Kind.BOOLEAN),
        (Visit, "made", Kind.TIME),
        (Visit, "day", Kind.DATE),
    ],
)
def test_fields_that_fit_a_canonical_kind(model, path, wanted):
    assert settle(Column(path), ColumnSpec(wanted), model=model).kind is wanted


@pytest.mark.parametrize("path", ["pk", "keeper", "made", "day"])
def test_a_key_may_be_of_any_type_and_is_text(path):
    assert settle(Column(path), ColumnSpec(Kind.TEXT, key=True)).kind is Kind.TEXT


def test_numbers_declared_as_codes_fit_text():
    assert settle(Column("cents", kind="text"), ColumnSpec(Kind.TEXT)).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("column", "wanted", "message", "hint"),
    [
        ("day", Kind.TIME, 'must be time, but "day" gives date', "A date has no moment: map a DateTimeField."),
        ("made", Kind.DATE, 'must be date, but "made" gives time', "A time is a date only in a zone: TruncDate(…, tzinfo=…)."),
        (
            "cents",
            Kind.TEXT,
            'must be text, but "cents" gives number',
            'If these numbers are codes, say so: Column(…, kind="text").',
        ),
        ("number", Kind.MONEY, 'must be money, but "number" gives text', ""),
        ("cents", Kind.BOOLEAN, 'must be boolean, but "cents" gives number', ""),
        (F("made"), Kind.MONEY, "must be money, but F(…) gives time", ""),
    ],
)
def test_fields_that_do_not_fit(column, wanted, message, hint):
    assert settle(Column(column), ColumnSpec(wanted)) == problem(ProblemCode.KIND_MISMATCH, message, hint)


def test_a_shops_own_column_must_fit_its_declaration():
    assert settle(Column("number", kind="number")) == problem(
        ProblemCode.KIND_MISMATCH, 'must be number, but "number" gives text'
    )


def test_a_canonical_kind_cannot_be_declared_away():
    assert settle(Column("cents", kind="number"), ColumnSpec(Kind.MONEY)) == problem(
        ProblemCode.KIND_MISMATCH, "is declared as number but is money in every shop"
    )


def test_an_unknown_kind():
    assert settle(Column("cents", kind="colour")) == problem(
        ProblemCode.KIND_UNTOLD, 'there is no kind "colour"', f"Kinds are {', '.join(Kind)}."
    )


@pytest.mark.parametrize(
    ("model", "column", "shown"),
    [(Animal, Column("notes__colour"), '"notes__colour"'), (Animal, Column("sleeps"), '"sleeps"'), (Visit, Column(len), "len")],
)
def test_a_kind_that_cannot_be_told(model, column, shown):
    assert settle(column, model=model) == problem(
        ProblemCode.KIND_UNTOLD,
        f"the kind of {shown} cannot be told",
        f'Declare it: Column(…, kind="…"), one of {", ".join(Kind)}.',
    )


def test_an_expression_that_does_not_say_what_it_gives():
    settled = settle(Column(F("cents") + F("number")))

    assert settled.code is ProblemCode.KIND_UNTOLD
    assert settled.hint == "Give the expression an output_field."


@pytest.mark.django_db
def test_a_message_about_a_queryset_does_not_run_it(django_assert_num_queries):
    newest = Visit.objects.filter(keeper=OuterRef("keeper")).values("made")[:1]

    with django_assert_num_queries(0):
        settled = settle(Column(newest), ColumnSpec(Kind.MONEY))
    assert settled == problem(ProblemCode.KIND_MISMATCH, "must be money, but QuerySet(…) gives time")


@pytest.mark.parametrize(
    ("model", "column", "is_many"),
    [
        (Animal, Column("tags__word", kind="set"), True),
        (Animal, Column("tags", kind="set"), True),  # their keys
        (Animal, Column("item__visit__state", kind="set"), True),  # codes
        (Animal, Column("notes", kind="set"), False),  # a JSON list
        (Animal, Column("notes__habits", kind="set"), False),
        (Animal, Column(lambda animal: ["wild"], kind="set"), False),
    ],
)
def test_sets(model, column, is_many):
    settled = settle(column, model=model)

    assert (settled.kind, settled.is_many, settled.scale, settled.minor_units) == (Kind.SET, is_many, 0, False)


@pytest.mark.parametrize(
    ("column", "message", "hint"),
    [
        (
            Column("title", kind="set"),
            'must be set, but "title" gives text',
            "A set is a JSON list, a path to many rows, or a function that gives texts.",
        ),
        (Column("item__paid", kind="set"), 'must be a set of texts, but "item__paid" gives number', ""),
        (Column("item__visit__made", kind="set"), 'must be a set of texts, but "item__visit__made" gives time', ""),
        (
            Column("wish_lists__animals__notes", kind="set"),
            'must be a set of texts, but "wish_lists__animals__notes" gives no text',
            "",
        ),
    ],
)
def test_what_is_no_set(column, message, hint):
    assert settle(column, model=Animal) == problem(ProblemCode.KIND_MISMATCH, message, hint)


@pytest.mark.parametrize("kind", [None, "text"])
def test_a_path_to_many_rows_is_a_set_or_nothing(kind):
    settled = settle(Column("tags__word", kind=kind), model=Animal)

    assert settled == problem(
        ProblemCode.PATH,
        '"tags__word" does not work: "tags" leads to many rows of Tag and would repeat this one',
        'Map a path that ends in one value or a Subquery, or declare a set of texts: Column("…", kind="set").',
    )


def test_a_path_to_many_rows_that_leads_nowhere():
    settled = settle(Column("tags__nothing", kind="set"), model=Animal)

    assert settled.code is ProblemCode.PATH
    assert settled.message.startswith('"tags__nothing" does not work: ')


@pytest.mark.parametrize(
    "column",
    [
        Column(("lat", "lon"), kind="geo"),
        Column(("lat", "lon")),
        Column("spot", kind="geo"),
        Column(lambda den: (48.85, 2.35), kind="geo"),
    ],
    ids=["pair", "undeclared", "text", "callable"],
)
def test_places(column):
    settled = settle(column, model=Den)

    assert (settled.kind, settled.scale, settled.value) == (Kind.GEO, 0, column.value)


def test_a_json_list_may_be_a_place():
    assert settle(Column("notes", kind="geo"), model=Animal).kind is Kind.GEO


@pytest.mark.parametrize(
    ("column", "code", "message"),
    [
        (Column("lat", kind="geo"), ProblemCode.KIND_MISMATCH, 'must be geo, but "lat" gives number'),
        (Column(("lat", "lon"), kind="number"), ProblemCode.KIND_MISMATCH, 'must be number, but "lat" and "lon" gives geo'),
        (
            Column(("lat", "country__den__lon"), kind="geo"),
            ProblemCode.PATH,
            '"country__den__lon" does not work: "den" leads to many rows of Den and would repeat this one',
        ),
        (Column(("lat", "lon", "spot"), kind="geo"), ProblemCode.PATH, NO_MAPPING),
        (Column(("lat", 2), kind="geo"), ProblemCode.PATH, NO_MAPPING),
    ],
    ids=range(5),
)
def test_what_is_no_place(column, code, message):
    settled = settle(column, model=Den)

    assert (settled.code, settled.message) == (code, message)


def test_a_place_is_made_of_numbers():
    assert settle(Column(("made", "cents"), kind="geo")) == problem(
        ProblemCode.KIND_MISMATCH, 'must be a latitude and a longitude, but "made" and "cents" are no numbers'
    )


def test_a_wrong_path_is_named():
    settled = settle(Column("keeper__nothing"))

    assert settled.code is ProblemCode.PATH
    assert settled.message.startswith('"keeper__nothing" does not work: ')
    assert str(settled).startswith("visits.thing: ")


@pytest.mark.parametrize(("value", "name"), [(None, "NoneType"), (5, "int"), (["pk"], "list")])
def test_a_value_that_is_no_mapping(value, name):
    assert settle(Column(value)) == problem(
        ProblemCode.PATH, f"is mapped to a {name}: neither an ORM path, an expression nor a callable"
    )


@pytest.mark.parametrize("scale", [-1, 10, 1.5, True, "2"])
def test_a_scale_that_is_none(scale):
    assert settle(Column("cents", scale=scale)) == problem(
        ProblemCode.KIND_MISMATCH,
        f"has a scale of {scale}; a scale is a whole number from 0 to 9",
        "Declare how many decimals to keep: Column(…, scale=…).",
    )


def test_more_decimals_than_can_be_kept_must_be_cut_by_the_shop():
    assert settle(Column("precious"), model=Animal).code is ProblemCode.KIND_MISMATCH
    assert settle(Column("precious", scale=8), model=Animal).scale == 8


def test_a_scale_on_what_is_no_number():
    assert settle(Column("number", scale=2)) == problem(ProblemCode.KIND_MISMATCH, "is text and has no scale")
