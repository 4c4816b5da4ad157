from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from segmentation import checks, conf
from segmentation.sources import Column, Customers, Orders, Products, ShopSource
from segmentation.sources.problems import ProblemCode
from tests.sources.zoo.models import Animal, Keeper, Visit
from tests.sources.zoo.source import Zoo

ZOO = {"SOURCE": "tests.sources.zoo.source.Zoo", "TIME_ZONE": "Europe/Paris", "BASE_CURRENCY": "EUR"}
HERE = "tests.test_checks"


def messages(**settings):
    with override_settings(SEGMENTATION={**ZOO, **settings}):
        return run_checks(tags=["regulars"])


def ids(**settings):
    return [message.id for message in messages(**settings)]


def test_a_good_configuration():
    assert ids() == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"SOURCE": ""}, ["segmentation.E001"]),
        ({"SOURCE": "nothing.Shop"}, ["segmentation.E001"]),
        ({"SOURCE": "tests.sources.zoo.broken.Shop"}, ["segmentation.E001"]),
        ({"SOURCE": 5}, ["segmentation.E001"]),
        ({"SOURCE": "tests.sources.zoo.source.NOT_A_SOURCE"}, ["segmentation.E002"]),
        ({"TIME_ZONE": "Mars/Base"}, ["segmentation.E003"]),
        ({"TIME_ZONE": "Europe"}, ["segmentation.E003"]),
        ({"TIME_ZONE": "../etc"}, ["segmentation.E003"]),
        ({"TIME_ZONE": 1}, ["segmentation.E003"]),
        ({"CHANGES": "sometimes"}, ["segmentation.E004"]),
        ({"CHANGES": None}, ["segmentation.E004"]),
        ({"CHANGES": "none"}, []),
        ({"CHANGES": "celery"}, []),
        ({"BASE_CURRENCY": "euro"}, ["segmentation.E005"]),
        ({"BASE_CURRENCY": "eur"}, ["segmentation.E005"]),
        ({"BASE_CURRENCY": None}, ["segmentation.E005"]),
        ({"BASE_CURRENCY": "EUR\n"}, ["segmentation.E005"]),
        ({"STORE": "shelf"}, ["segmentation.E006"]),
        ({"STORE": "memory"}, []),
        ({"PROFILING_CONSENT": "maybe"}, ["segmentation.E020"]),
        ({"API_RATES": None}, []),
        ({"API_RATES": {"machine": (0.5, 1), "person": None, "stranger": [1, 10]}}, []),
        ({"API_RATES": 5}, ["segmentation.E022"]),
        ({"API_RATES": {"robot": (1, 1)}}, ["segmentation.E022"]),
        ({"API_RATES": {"machine": (0, 1)}}, ["segmentation.E022"]),
        ({"API_RATES": {"machine": (1, 1.5)}}, ["segmentation.E022"]),
        ({"API_RATES": {"machine": (float("nan"), 1)}}, ["segmentation.E022"]),
        ({"API_RATES": {"machine": "10/s"}}, ["segmentation.E022"]),
        ({"VISITOR_DAYS": 0}, ["segmentation.E021"]),
        ({"VISITOR_DAYS": 1, "ACTIVITY_DAYS": 36_500}, []),
        ({"ACTIVITY_DAYS": "750"}, ["segmentation.E021"]),
        ({"ACTIVITY_DAYS": 36_501}, ["segmentation.E021"]),
        ({"PROFILING_CONSENT": "all"}, []),
        ({"NARROW": -1}, ["segmentation.E007"]),
        ({"NARROW": "20"}, ["segmentation.E007"]),
        ({"NARROW": True}, ["segmentation.E007"]),
        ({"NARROW": 0}, []),
        ({"WEEK_START": 0}, ["segmentation.E007"]),
        ({"WEEK_START": 8}, ["segmentation.E007"]),
        ({"WEEK_START": "7"}, ["segmentation.E007"]),
        ({"WEEK_START": True}, ["segmentation.E007"]),
        ({"WEEK_START": 7}, []),
        ({"RATES": {"USD": "cheap"}}, ["segmentation.E019"]),
        ({"RATES": {"USD": "0.9"}}, []),
        ({"RATES": "nothing.rates"}, ["segmentation.E019"]),
        ({"RATES": None}, []),
        ({"CHANGE": "none"}, ["segmentation.E007"]),
        ({"SHOP": ""}, ["segmentation.E008"]),
        ({"SHOP": None}, ["segmentation.E008"]),
        ({"SHOP": 7}, ["segmentation.E008"]),
        ({"SHOP": "s" * 64}, []),
        ({"SHOP": "s" * 65}, ["segmentation.E008"]),
        ({"KEY": b"pepper"}, ["segmentation.E008"]),
        ({"KEY": "pepper"}, []),
        ({"KEY": None}, []),
        ({"SOURCE_ALIAS": "replica"}, ["segmentation.E008"]),
        ({"SOURCE_ALIAS": ""}, ["segmentation.E008"]),
        ({"SOURCE_ALIAS": "default"}, []),
        ({"SOURCE_ALIAS": None}, []),
        ({"NARROW": -1, "STORE": "", "nonsense": 1}, ["segmentation.E006", "segmentation.E007", "segmentation.E007"]),
    ],
    ids=str,
)
def test_settings(settings, expected):
    assert ids(**settings) == expected


@pytest.mark.parametrize("value", [None, "myshop.Shop", ["SOURCE"]])
def test_settings_that_are_no_dictionary(value):
    with override_settings(SEGMENTATION=value):
        assert [message.id for message in run_checks(tags=["regulars"])] == ["segmentation.E007"]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("SHOP", "", "SHOP: '' is no name of 1 to 64 characters"),
        ("KEY", 5, "KEY must be a text"),
        ("SOURCE_ALIAS", "replica", "SOURCE_ALIAS: 'replica' is none of default"),
    ],
)
def test_a_setting_that_cannot_work_is_told_with_its_value_but_a_key(name, value, text):
    assert [message.msg for message in messages(**{name: value})] == [text]


def test_times_without_a_zone_are_refused(settings):
    settings.USE_TZ = False

    (message,) = messages()
    assert (message.id, message.msg) == ("segmentation.E009", "USE_TZ must be True")


@pytest.mark.parametrize(("name", "hint"), [("CHANGE", "Did you mean CHANGES?"), ("timezone", "Did you mean TIME_ZONE?")])
def test_an_unknown_setting_is_taken_for_the_one_it_is_close_to(name, hint):
    assert [message.hint for message in messages(**{name: "x"})] == [hint]


def test_the_names_of_settings_are_those_that_conf_reads():
    read = re.findall(r'get\("([A-Z_]+)"', Path(conf.__file__).read_text())

    assert set(checks.SETTINGS) == set(read)


class Faulty(ShopSource):
    visits = Orders(
        Visit.objects.all(),
        order_id="number",
        customer="keeper",
        placed_at="day",
        total="nothing",
        curency="currency",
        last="day",
    )
    till = Zoo.visits
    animals = Products(Animal, product_id="pk")
    people = Customers(Keeper.objects.all(), email="email", card=Column(len))


class Unprefetched(Zoo):
    visits = Zoo.visits.replace(Visit.objects.prefetch_related("itms"))


class Headless(ShopSource):
    visits = Zoo.visits


def test_every_problem_of_a_source_has_its_id():
    assert ids(SOURCE=f"{HERE}.Faulty") == [
        "segmentation.E017",
        "segmentation.E014",
        "segmentation.E012",
        "segmentation.E011",
        "segmentation.E015",
        "segmentation.E016",
        "segmentation.E010",
        "segmentation.E010",
        "segmentation.E013",
    ]


def test_customers_are_missing():
    (message,) = messages(SOURCE=f"{HERE}.Headless")

    assert message.id == "segmentation.E017"
    assert message.msg == "customers: is missing; every shop has them"
    assert message.hint == "Add the relation to your ShopSource."
    assert message.obj == f"{HERE}.Headless"


def test_the_message_names_relation_and_column():
    texts = [message.msg for message in messages(SOURCE=f"{HERE}.Faulty")]

    assert texts[1] == 'orders.placed_at: must be time, but "day" gives date'
    assert texts[3] == 'orders.curency: "curency" is no column of orders; did you mean "currency"?'


@pytest.mark.django_db
def test_checks_touch_no_row(django_assert_num_queries):
    with django_assert_num_queries(0):
        ids(SOURCE=f"{HERE}.Faulty")


def test_every_code_has_one_id_and_every_id_is_in_the_table():
    found = [*checks.SOURCE_IDS.values(), *re.findall(r'"(segmentation\.[EW]\d+)"', Path(checks.__file__).read_text())]
    documented = re.findall(r"^\| (segmentation\.[EW]\d+) \|", checks.__doc__, re.M)

    assert set(checks.SOURCE_IDS) == set(ProblemCode)
    assert len(set(checks.SOURCE_IDS.values())) == len(ProblemCode)
    assert documented == sorted(set(found))


def database(vendor="sqlite", name="/var/shop.sqlite3", **options):
    return {"default": SimpleNamespace(vendor=vendor, settings_dict={"NAME": name, "OPTIONS": options})}


WAL = {"init_command": "PRAGMA synchronous=NORMAL; PRAGMA journal_mode = 'wal';"}


@pytest.mark.parametrize(
    ("connections", "texts"),
    [
        (database(**WAL, transaction_mode="IMMEDIATE"), []),
        (database(**WAL, transaction_mode="immediate"), []),
        (database(**WAL), ["IMMEDIATE transactions"]),
        (database(**WAL, transaction_mode="EXCLUSIVE"), ["IMMEDIATE transactions"]),
        (database(transaction_mode="IMMEDIATE"), ["journal_mode=WAL"]),
        (database(), ["journal_mode=WAL and IMMEDIATE transactions"]),
        (database(name=":memory:"), []),
        (database(name="file:memorydb_default?mode=memory&cache=shared"), []),
        (database(vendor="postgresql", name="shop"), []),
    ],
)
def test_sqlite_that_would_block_checkouts(monkeypatch, connections, texts):
    monkeypatch.setattr(checks, "connections", connections)
    found = messages()

    assert [message.id for message in found] == ["segmentation.W001" for _ in texts]
    assert [message.msg for message in found] == [
        f"SQLite runs without {text}: while one process writes, checkouts wait and fail" for text in texts
    ]


class BareMoney(Zoo):
    visits = Zoo.visits.replace(total="cents")


def test_money_from_whole_numbers_without_a_scale_is_asked_about(settings):
    settings.SEGMENTATION = {**settings.SEGMENTATION, "SOURCE": "tests.test_checks.BareMoney"}
    assert [(message.id, message.msg) for message in checks.check_source(None)] == [
        ("segmentation.W002", "orders.total: money comes from whole numbers")
    ]


def test_a_prefetch_that_does_not_exist_is_an_error():
    (message,) = messages(SOURCE=f"{HERE}.Unprefetched")

    assert message.id == "segmentation.E018"
    assert message.msg == 'orders.prefetch_related: "itms" does not work: "itms" is no relation of Visit'


class Unindexed(Zoo):
    visits = Zoo.visits.replace(customer="currency")


def test_rows_looked_up_without_an_index_are_a_warning():
    (message,) = messages(SOURCE=f"{HERE}.Unindexed")

    assert (message.id, message.obj) == ("segmentation.W003", f"{HERE}.Unindexed")
    assert message.msg == "orders.customer: Visit.currency has no index, and rows are looked up by it"
    assert message.hint == "Set db_index=True, or add an index to Meta.indexes that begins with the field."
