from __future__ import annotations

import pytest
from django.db.models import (
    AutoField,
    BigAutoField,
    BooleanField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    DecimalField,
    DurationField,
    EmailField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    GeneratedField,
    ImageField,
    IntegerField,
    JSONField,
    Max,
    OuterRef,
    PositiveIntegerField,
    Q,
    SlugField,
    Subquery,
    Sum,
    TextField,
    TimeField,
    URLField,
    UUIDField,
    Value,
)

from segmentation.rules.values import Kind
from segmentation.sources.fields import FieldKind, PathError, UntoldError, field_of, kind_of, to_many
from tests.sources.zoo.models import Animal, Item, Keeper, Visit

TEXT = FieldKind(Kind.TEXT)
INTEGER = FieldKind(Kind.NUMBER, integer=True)
TIME = FieldKind(Kind.TIME)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (CharField(), TEXT),
        (TextField(), TEXT),
        (SlugField(), TEXT),
        (URLField(), TEXT),
        (EmailField(), TEXT),
        (UUIDField(), TEXT),
        (ImageField(), TEXT),
        (CharField(choices=[("a", "A")]), FieldKind(Kind.TEXT, choices=True)),
        (IntegerField(), INTEGER),
        (PositiveIntegerField(), INTEGER),
        (AutoField(), INTEGER),
        (BigAutoField(), INTEGER),
        (IntegerField(choices=[(1, "one")]), FieldKind(Kind.NUMBER, integer=True, choices=True)),
        (DecimalField(max_digits=9, decimal_places=3), FieldKind(Kind.NUMBER, scale=3)),
        (DecimalField(max_digits=9, decimal_places=0), FieldKind(Kind.NUMBER, scale=0)),
        (DecimalField(), FieldKind(Kind.NUMBER, scale=6)),
        (FloatField(), FieldKind(Kind.NUMBER, scale=6)),
        (BooleanField(), FieldKind(Kind.BOOLEAN)),
        (DateField(), FieldKind(Kind.DATE)),
        (DateTimeField(), TIME),
    ],
    ids=lambda value: type(value).__name__,
)
def test_kind_of(field, kind):
    assert kind_of(field) == kind


@pytest.mark.parametrize("field", [JSONField(), DurationField(), TimeField()], ids=lambda field: type(field).__name__)
def test_fields_that_tell_nothing(field):
    assert kind_of(field) is None


def test_a_generated_field_is_what_it_generates():
    field = GeneratedField(expression=F("cents"), output_field=DateField(), db_persist=True)

    assert kind_of(field) == FieldKind(Kind.DATE)


def test_a_foreign_key_is_what_it_points_at():
    assert kind_of(Keeper._meta.get_field("den")) == TEXT
    assert kind_of(Keeper._meta.get_field("den").target_field.model._meta.pk) == INTEGER


def test_a_subclass_of_the_shop_is_known_by_its_base():
    class Price(DecimalField):
        pass

    assert kind_of(Price(max_digits=9, decimal_places=2)) == FieldKind(Kind.NUMBER, scale=2)


@pytest.mark.parametrize(
    ("model", "value", "kind"),
    [
        (Keeper, "pk", TEXT),
        (Keeper, "den", TEXT),  # a slug, by to_field
        (Keeper, "den__pk", INTEGER),
        (Keeper, "den__country", TEXT),
        (Keeper, "den__country__title", TEXT),
        (Visit, "keeper", TEXT),
        (Visit, "made__date", FieldKind(Kind.DATE)),
        (Visit, "items_paid", FieldKind(Kind.NUMBER, scale=2)),
        (Visit, F("keeper__den__country"), TEXT),
        (Visit, Value("EUR"), TEXT),
        (Visit, Sum("items__quantity"), INTEGER),
        (Visit, Sum(F("items__paid") * F("items__quantity")), FieldKind(Kind.NUMBER, scale=6)),
        (Visit, Exists(Item.objects.filter(visit=OuterRef("pk"))), FieldKind(Kind.BOOLEAN)),
        (Visit, Q(cents__gt=5), FieldKind(Kind.BOOLEAN)),
        (Visit, Count("items"), INTEGER),
        (Keeper, Subquery(Visit.objects.filter(keeper=OuterRef("pk")).values("made")[:1]), TIME),
        (Keeper, Visit.objects.filter(keeper=OuterRef("pk")).values("day")[:1], FieldKind(Kind.DATE)),
        (Keeper, Max("visits__made"), TIME),
        (Visit, ExpressionWrapper(F("cents") * 1.5, output_field=FloatField()), FieldKind(Kind.NUMBER, scale=6)),
    ],
    ids=range(19),  # the text of a queryset is its rows
)
def test_field_behind_a_path_or_an_expression(model, value, kind):
    queryset = model.objects.all()
    if model is Visit:
        queryset = queryset.annotate(items_paid=Sum("items__paid"))

    assert kind_of(field_of(queryset, value)) == kind


@pytest.mark.parametrize(
    "value", ["nothing", "den__nothing", "den__country__nothing", "", "__", F("nothing"), Sum("nothing")], ids=str
)
def test_a_path_that_leads_nowhere(value):
    with pytest.raises(PathError):
        field_of(Keeper.objects.all(), value)


@pytest.mark.parametrize(
    ("model", "path", "many"),
    [
        (Animal, "tags__word", "tags"),
        (Animal, "fans", "fans"),
        (Visit, "items__quantity", "items"),
        (Item, "visit__keeper__visits", "visits"),
        (Visit, "keeper__den__country", None),
        (Keeper, "chiefkeeper__office", None),
        (Visit, "pk", None),
        (Visit, "made__date", None),
        (Visit, "nothing", None),
        (Animal, "tags_count", None),
    ],
)
def test_where_a_path_leads_to_many_rows(model, path, many):
    queryset = model.objects.annotate(tags_count=Count("pk"))

    found = to_many(queryset, path)
    assert (found and found.name) == many


def test_the_field_at_the_end_of_a_path_to_many_rows():
    assert kind_of(field_of(Animal.objects.all(), "tags__word")) == TEXT


def test_a_path_to_one_row_backwards():
    assert kind_of(field_of(Keeper.objects.all(), "chiefkeeper__office")) == TEXT


def test_an_expression_of_mixed_types():
    with pytest.raises(UntoldError, match="You must set output_field"):
        field_of(Visit.objects.all(), F("cents") + F("number"))
