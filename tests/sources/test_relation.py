from __future__ import annotations

import pytest
from django.db.models import Count, F

from segmentation.errors import SourceError
from segmentation.rules.values import Kind
from segmentation.sources import Column, Customers, Money, Orders, Products
from segmentation.sources.problems import ProblemCode
from tests.sources.zoo.models import Animal, ChiefKeeper, HeadKeeper, Item, Keeper, Tag, Visit
from tests.sources.zoo.source import Park

COLUMNS = {"order_id": "number", "customer": "keeper", "placed_at": "made", "total": Money("cents", scale=2)}


def orders(rows=None, **columns):
    return Orders(Visit.objects.all() if rows is None else rows, **{**COLUMNS, **columns})


def found(relation):
    return [(problem.code, problem.place) for problem in relation.problems()]


def test_columns_in_declared_order():
    relation = orders(colour="currency", status="state")

    assert list(relation.columns) == ["order_id", "customer", "placed_at", "total", "colour", "status"]
    assert relation.columns["total"].minor_units is True
    assert relation.columns["colour"].kind is Kind.TEXT
    assert found(relation) == []


def test_columns_are_settled_once():
    relation = orders()

    assert relation.columns is relation.columns


def test_extra_columns_of_customers_are_current_and_of_orders_are_not():
    customers = Customers(Keeper.objects.all(), customer_id="pk", office="chiefkeeper__office")

    assert customers.columns["office"].current is True
    assert orders(colour="currency").columns["colour"].current is False


def test_making_a_relation_looks_up_nothing():
    def rows():
        raise AssertionError("asked for")

    assert isinstance(Orders(rows, total="nothing"), Orders)


@pytest.mark.parametrize(
    ("columns", "problems"),
    [
        ({}, ["orders.order_id", "orders.placed_at", "orders.total", "orders.customer"]),
        ({"order_id": "number", "email": "guest_email", "placed_at": "made"}, ["orders.total"]),
        ({**COLUMNS, "customer": None}, ["orders.customer"]),
    ],
)
def test_required_columns_that_are_not_mapped(columns, problems):
    relation = Orders(Visit.objects.all()).replace(**columns)

    assert found(relation) == [(ProblemCode.REQUIRED, place) for place in problems]


def test_customer_or_email_is_said():
    message = "customer or email must be mapped"

    assert [problem.message for problem in orders().replace(customer=None).problems()] == [message]


def test_a_wrong_path_names_relation_column_and_path():
    (problem,) = orders(coupon_code="voucher__code").problems()

    assert problem.code is ProblemCode.PATH
    assert str(problem).startswith("orders.coupon_code: \"voucher__code\" does not work: Cannot resolve keyword 'voucher'")


def test_a_slip_is_taken_for_the_column_it_is_close_to():
    (problem,) = orders(curency="currency").problems()

    assert str(problem) == 'orders.curency: "curency" is no column of orders; did you mean "currency"?'
    assert problem.code is ProblemCode.UNKNOWN


def test_a_name_close_to_a_mapped_column_is_the_shops_own():
    assert found(orders(currency="currency", currency2="currency")) == []


@pytest.mark.parametrize("name", ["Total2", "_colour", "last", "between"])
def test_a_bad_name_gives_no_column(name):
    relation = orders(**{name: "currency"})

    assert found(relation) == [(ProblemCode.NAME, f"orders.{name}")]
    assert name not in relation.columns


def test_all_problems_come_at_once():
    relation = Orders(
        Visit.objects.all(), customer="keeper", total="number", placed_at="day", status="nothing", colour=len, last="day"
    )

    assert found(relation) == [
        (ProblemCode.REQUIRED, "orders.order_id"),
        (ProblemCode.KIND_MISMATCH, "orders.total"),
        (ProblemCode.KIND_MISMATCH, "orders.placed_at"),
        (ProblemCode.PATH, "orders.status"),
        (ProblemCode.KIND_UNTOLD, "orders.colour"),
        (ProblemCode.NAME, "orders.last"),
    ]
    assert list(relation.columns) == ["customer"]


def closed():
    raise RuntimeError("the shop is closed")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (Visit, "Visit is no queryset"),
        ([1], "list is no queryset"),
        (lambda: 5, "int is no queryset"),
        (closed, "the queryset raised RuntimeError: the shop is closed"),
        (Visit.objects.values("pk"), "a queryset of .values() has no rows that columns can be read from"),
        (Visit.objects.values_list("pk"), "a queryset of .values() has no rows that columns can be read from"),
        (Visit.objects.all()[:5], "a queryset cut by a slice has no rows that columns can be read from"),
        (
            Visit.objects.all().union(Visit.objects.all()),
            "a queryset made by union() or the like has no rows that columns can be read from",
        ),
    ],
    ids=range(8),
)
def test_rows_that_are_no_queryset(rows, message):
    relation = orders(rows)

    assert [(problem.code, str(problem)) for problem in relation.problems()] == [(ProblemCode.QUERYSET, f"orders: {message}")]
    assert relation.columns == {}
    with pytest.raises(SourceError, match=r"^orders: "):
        relation.read(["total"])


@pytest.mark.parametrize("rows", [Visit.objects, Visit.objects.all(), Visit.objects.all, lambda: Visit.objects.filter(state=1)])
def test_rows_may_be_a_queryset_a_manager_or_a_callable(rows):
    assert found(orders(rows)) == []
    assert orders(rows).model is Visit


def test_a_queryset_that_failed_for_the_moment_is_asked_again():
    answers = [closed, Visit.objects.all]
    relation = orders(lambda: answers.pop(0)())

    assert relation.columns == {}
    answers.append(Visit.objects.all)
    assert list(relation.columns) == list(COLUMNS)


def test_annotations_of_the_queryset_are_paths():
    relation = orders(Visit.objects.annotate(size=Count("items")), size="size")

    assert relation.columns["size"].kind is Kind.NUMBER


def test_replace_leaves_the_original():
    first = orders(status="state", colour="currency")
    second = first.replace(Visit.objects.filter(state=1), status="currency", colour=None, device=Column("currency"))

    assert list(first.columns) == [*COLUMNS, "status", "colour"]
    assert list(second.columns) == [*COLUMNS, "status", "device"]
    assert first.columns["status"].value == "state"
    assert type(second) is Orders
    assert "WHERE" in str(second.queryset().query)
    assert "WHERE" not in str(first.queryset().query)


def test_replace_keeps_the_queryset_and_the_watch():
    relation = orders(Visit.objects.filter(state=1), watch=[(Item, "visit_id")]).replace(device="currency")

    assert "WHERE" in str(relation.queryset().query)
    assert relation.watched_models() == {Visit: "pk", Item: "visit_id"}
    assert relation.replace(watch=[]).watched_models() == {Visit: "pk"}


def test_watched_models_are_the_whole_family():
    family = {Keeper: "pk", HeadKeeper: "pk", ChiefKeeper: "pk"}

    assert Customers(Keeper.objects.all(), customer_id="pk").watched_models() == family
    assert Customers(HeadKeeper.objects.all(), customer_id="pk").watched_models().keys() >= {Keeper, HeadKeeper}
    assert Customers(ChiefKeeper.objects.all(), customer_id="pk").watched_models().keys() >= {Keeper, ChiefKeeper}


def test_the_table_of_a_set_is_watched_too():
    words = Products(Animal.objects.all(), product_id="pk", title="title", words=Column("tags__word", kind="set"))
    beasts = Products(Tag.objects.all(), product_id="pk", title="word", beasts=Column("animal__title", kind="set"))
    further = orders(words=Column("den__keeper__name", kind="set"), pieces=Column("items__animal__title", kind="set"))

    assert words.watched_models() == {Animal: "pk", Animal.tags.through: "animal_id"}
    assert beasts.watched_models() == {Tag: "pk", Animal.tags.through: "tag_id"}
    assert further.watched_models() == {Visit: "pk"}


def test_a_through_model_can_be_watched():
    through = Animal.tags.through
    products = Products(Animal.objects.all(), product_id="pk", title="title", watch=[(through, "animal_id"), (Tag, "animal")])

    assert products.watched_models() == {Animal: "pk", through: "animal_id", Tag: "animal"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing", "orders.nothing is not mapped by the shop"),
        ("country", "orders.country is not mapped by the shop"),
        ("status", 'orders.status: "nothing" does not work: '),
    ],
)
def test_reading_what_is_not_there(name, message):
    relation = orders(status="nothing")

    with pytest.raises(SourceError, match=message):
        relation.read([name])
    with pytest.raises(SourceError, match=message):
        relation.read(["total"], where={name: ["x"]})


def test_rows_cannot_be_looked_up_by_a_callable():
    relation = orders(device=Column(F("currency")), channel=lambda visit: "web")

    with pytest.raises(SourceError, match=r"orders\.channel is a callable: rows cannot be looked up by it"):
        relation.read(["total"], where={"channel": ["web"]})


def test_whose_rows_are_by_what_is_mapped():
    assert orders().owners == ("customer",)
    assert orders(email="guest_email").owners == ("customer", "email")
    assert orders(email="nothing").owners == ("customer",)
    assert Park.baskets.owners == ("customer", "email", "visitor")
    assert (Park.items.owners, Park.animals.owners, Park.customers.owners) == ((), (), ())


def test_the_row_above_that_says_whose_a_row_is():
    assert Park.items.parent == ("orders", "order_id")
    assert Park.basket_items.parent == ("carts", "cart_id")
    assert (Park.wishes.parent, Park.visits.parent) == (None, None)


def test_a_wish_without_a_date_has_no_time():
    dated = Park.wishes.replace(added_at="wishlist__keeper__joined")

    assert (Park.wishes.time_column, Park.wishes.has_time) == (None, False)
    assert (dated.time_column, dated.has_time) == ("added_at", True)
    assert Park.wishes.problems() == []


def test_lines_have_the_time_of_the_row_above():
    assert (Park.basket_items.time_column, Park.basket_items.has_time) == (None, True)
    assert (Park.baskets.time_column, Park.animals.has_time) == ("updated_at", False)


def test_a_time_that_does_not_work_is_none():
    assert Park.wishes.replace(added_at="nothing").has_time is False


@pytest.mark.parametrize(
    ("relation", "message"),
    [
        (Park.baskets.replace(customer=None, email=None, visitor=None), "customer or email or visitor must be mapped"),
        (Park.wishes.replace(customer=None), "customer must be mapped"),
        (Park.searches.replace(visitor=None), "customer or visitor must be mapped"),
    ],
    ids=["carts", "wishes", "events"],
)
def test_somebody_must_own_the_rows(relation, message):
    assert [problem.message for problem in relation.problems()] == [message]


def test_a_relation_is_its_own_and_only_part():
    assert Park.visits.parts == {"": Park.visits}
    assert Park.visits.row_key("", 7) == "7"


def test_a_prefetch_that_does_not_exist_is_told():
    (problem,) = orders(Visit.objects.prefetch_related("itms")).problems()

    assert (problem.code, problem.place) == (ProblemCode.PREFETCH, "orders.prefetch_related")
    assert problem.message == '"itms" does not work: "itms" is no relation of Visit'


@pytest.mark.django_db
@pytest.mark.usefixtures("visits")
def test_unfiltered_is_over_all_rows_of_the_model():
    done = orders(Visit.objects.filter(state=2), status="state")
    whole = done.unfiltered(["pk", "order_id", "email"], "default")

    assert list(done.read(["order_id"])) == []
    assert sorted(row for chunk in whole.read(["order_id"]) for row in chunk) == [("v1",), ("v2",), ("v3",), ("v4",)]
    assert list(whole.columns) == ["order_id"]


def test_what_needs_the_shops_queryset_stays_filtered():
    counted = orders(Visit.objects.annotate(size=Count("items")), size="size")

    assert counted.unfiltered(["size"], "default") is counted
    assert list(counted.unfiltered(["order_id"], "default").columns) == ["order_id"]


@pytest.mark.django_db
def test_declaring_and_checking_runs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        relation = orders(status="state", size=Count("items"))
        relation.problems()
        relation.columns  # noqa: B018
        relation.watched_models()
        relation.read(["total"])
