from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from personalization.errors import NothingToLearn, TrainingBusy
from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.keys import EVERYONE, person_key, product_key
from personalization.recommend.learning.described import Described
from personalization.recommend.listed import Part
from personalization.recommend.lists import read_lists
from personalization.recommend.training import train as training
from personalization.recommend.training.train import train
from personalization.recommend.training.wants import audiences, make_audience, score_name
from segmentation.errors import SourceError
from segmentation.kernel.moments import seconds
from segmentation.membership.lease import hold
from segmentation.models import Lease, Profile
from segmentation.profiles import sync
from segmentation.profiles.scores import write_scores
from shopdemo.shop.models import Order, OrderLine, Product
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line, ago, key_of, place_order, profile_of
from tests.personalization.recommend.training.conftest import CHOICE

State = RecommenderVersion.State
LATER = NOW + timedelta(days=1)


def state_of(number: int) -> str:
    return RecommenderVersion.objects.get(number=number).state


def rows(version: RecommenderVersion) -> set[str]:
    return set(version.lists.values_list("key", flat=True))


def test_a_first_training_is_served(bought, cast, models):
    version = train(now=NOW)

    assert (version.number, version.state, version.activated_at, version.popular_at) == (1, State.ACTIVE, NOW, NOW)
    assert (version.progress, version.why, version.finished_at >= NOW) == (100, "", True)
    people = {person_key(key_of(cast[name])) for name in ("alice", "bob", "dan")}
    shelves = {f"shelf:{name}" for name in ("new_arrivals", "on_sale", "price_drop", "back_in_stock")}
    assert rows(version) == {EVERYONE, *people, *map(product_key, bought), *shelves}
    alice = person_key(key_of(cast["alice"]))
    served, lists = read_lists("default", [alice])
    assert served == version.pk
    assert [one.product for one in lists[alice][Part.NEXT]] == bought


def test_who_refuses_while_it_is_trained_has_no_lists(bought, cast, models, monkeypatch):
    read = training.read_shop

    def read_and_refuse(**options: Any) -> Any:
        found = read(**options)
        Profile.objects.filter(pk=profile_of(cast["alice"]).pk).update(profiling=False)
        Profile.objects.filter(pk=profile_of(cast["dan"]).pk).update(gone_at=NOW)
        return found

    monkeypatch.setattr(training, "read_shop", read_and_refuse)
    assert {key for key in rows(train(now=NOW)) if key.startswith("person:")} == {person_key(key_of(cast["bob"]))}


def test_who_might_want_a_product_is_scored_by_the_lists_that_are_served(bought, cast, models):
    train(now=NOW)
    made = make_audience(bought[1], now=NOW)
    write_scores(score_name(bought[1]), {}, at=NOW)  # as if nobody had wanted it

    train(now=LATER, switches=False)
    assert audiences() == [replace(made, people=0)]
    train(now=LATER)
    assert audiences() == [made] == [replace(made, people=3)]


def test_the_card(bought, models):
    card = train(now=NOW).card
    assert card["data"] == {
        "people": 3,
        "products": 3,
        "orders": 4,
        "lines": 5,
        "from": (ago(500)).date().isoformat(),
        "until": (ago(10)).date().isoformat(),
        "left_out": {"few_buyers": 0},
    }
    assert card["choice"] == {"settings": {"next": {"model": "frequency"}}, "tried": {"next": {"frequency": 0.25}}, "people": 0}
    assert card["report"]["tasks"]["next"]["ndcg_at_10"] == 0.5
    assert card["coverage"] == 1.0
    assert card["sizes"] == {"popular": 1, "shelves": 4, "searches": 0, "products": 3, "people": 3}
    assert set(card["seconds"]) == {"reading", "evaluation", "fit", "lists"}


def test_models_are_tested_on_the_last_fifth_and_learn_from_all(bought, models):
    train(now=NOW)
    (_, moment, told), (_, choice, learned) = models["asked"]
    first, last = seconds(ago(500)), seconds(ago(10))
    assert moment == last - (last - first) // 5
    assert choice.settings == {"next": {"model": "frequency"}}
    assert learned["now"] == last + 1
    assert told["allowed"] == set(bought)
    assert told["described"][bought[0]] == Described("Thing a", "Things", "", 5.0)


def test_a_shop_that_cannot_be_tested_is_served_all_the_same(bought, models, monkeypatch):
    def nothing(*args: Any, **options: Any) -> None:
        raise NothingToLearn("too little")

    monkeypatch.setattr(training, "evaluate", nothing)
    monkeypatch.setattr(training, "choose", lambda purchases, progress: replace(CHOICE, tried={"next": {"all": len(purchases)}}))
    version = train(now=NOW)
    assert (version.state, version.card["report"], version.card["choice"]["tried"]) == (State.ACTIVE, {}, {"next": {"all": 5}})


def test_the_next_one_takes_its_place_and_the_last_three_are_kept(bought, models):
    for day in range(5):
        train(now=NOW + timedelta(days=day))
    assert dict(RecommenderVersion.objects.values_list("number", "state")) == {5: State.ACTIVE, 4: State.READY, 3: State.READY}
    assert set(RecommendationList.objects.values_list("version__number", flat=True)) == {3, 4, 5}


def test_one_that_does_worse_is_refused_keeps_its_lists_and_says_why(bought, models):
    first = train(now=NOW)
    models["score"] = 0.47
    second = train(now=LATER)

    assert (second.state, state_of(1)) == (State.REFUSED, State.ACTIVE)
    assert second.why == (
        "It does worse at “next” than the version that is served: NDCG@10 is 0.4700, at most 0.4800; that of the other 0.5000, "
        "at least 0.4900."
    )
    assert rows(second) == rows(first)
    assert read_lists("default", [])[0] == first.pk


def test_one_that_may_be_worse_by_chance_is_served(bought, models):
    train(now=NOW)
    models["score"] = 0.485
    assert train(now=LATER).state == State.ACTIVE


def test_one_that_learned_from_much_less_is_refused(bought, models):
    train(now=NOW)
    OrderLine.objects.exclude(order__number="A1").delete()
    assert train(now=LATER).why == "It learned from 2 lines of orders, the version that is served from 5."


def test_without_a_switch_it_is_ready(bought, models):
    assert train(now=NOW, switches=False).state == State.READY
    assert read_lists("default", []) == (None, {})


def test_products_that_were_deleted_are_not_recommended(bought, models, use_source, cast):
    class Fewer(DemoSource):
        products = DemoSource.products.replace(Product.objects.exclude(code="A"))

    globals()["Fewer"] = Fewer
    Fewer.__qualname__ = "Fewer"
    use_source(Fewer)
    train(now=NOW)
    alice = person_key(key_of(cast["alice"]))
    assert [one.product for one in read_lists("default", [alice])[1][alice][Part.NEXT]] == bought[1:]


def test_customers_who_are_not_known_yet_are_learned_from(cast, goods, models):
    add_line(Order.objects.get(number="A1"), goods[0])
    assert train(now=NOW).card["data"]["people"] == 1


# What goes wrong.


def test_no_orders(db, models):
    with pytest.raises(NothingToLearn, match="nothing to learn from"):
        train(now=NOW)
    version = RecommenderVersion.objects.get()
    assert (version.state, version.lists.count()) == (State.FAILED, 0)
    assert version.why == "there is nothing to learn from: no line of an order names a customer and a product"


def test_one_customer_and_one_product(alice, goods, models):
    add_line(Order.objects.get(number="A1"), goods[0])
    assert train(now=NOW).state == State.ACTIVE


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


def test_a_shop_that_cannot_be_read(bought, models, use_source):
    use_source(Torn)
    with pytest.raises(SourceError):
        train(now=NOW)
    assert "orders.order_id failed" in RecommenderVersion.objects.get().why


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (MemoryError("no room"), "Something that should not happen did: MemoryError: no room"),
        (KeyboardInterrupt(), "It was stopped."),
    ],
)
def test_one_that_breaks_half_way_leaves_what_is_served_alone(bought, models, monkeypatch, error, why):
    first = train(now=NOW)

    def broken(self: Any) -> Any:
        yield bought[0], {Part.TOGETHER: []}
        raise error

    monkeypatch.setattr("tests.personalization.recommend.training.conftest.Fake.products", broken)
    with pytest.raises(type(error)):
        train(now=LATER)

    second = RecommenderVersion.objects.get(number=2)
    assert (second.state, second.why, second.lists.count()) == (State.FAILED, why, 0)
    assert read_lists("default", [])[0] == first.pk
    monkeypatch.undo()


def test_the_next_training_works_after_one_that_broke(bought, models, version):
    version(1, State.TRAINING)
    RecommendationList.objects.create(version_id=RecommenderVersion.objects.get().pk, key="a", packed="{}")
    Lease.objects.create(name="recommender:default", holder="elsewhere:1", token=4, expires_at=ago(1))

    assert train(now=NOW).number == 2
    dead = RecommenderVersion.objects.get(number=1)
    assert (dead.state, dead.why) == (State.FAILED, "The worker that trained it ended before it was done.")
    assert (dead.finished_at, dead.lists.count()) == (NOW, 0)


def test_only_one_trains(bought, models):
    with hold("recommender:default"), pytest.raises(TrainingBusy, match="another worker trains a recommender"):
        train(now=NOW)
    assert not RecommenderVersion.objects.exists()


def test_one_whose_lease_was_taken_over_writes_nothing_more(bought, models, monkeypatch):
    def taken(*args: Any, **options: Any) -> None:
        Lease.objects.update(token=99)
        return original(*args, **options)

    original = training.card_of
    monkeypatch.setattr(training, "card_of", taken)
    with pytest.raises(Exception, match="taken over"):
        train(now=NOW)
    assert RecommenderVersion.objects.get().why == "Another worker took over while it was trained."


def test_how_far_it_is(bought, models):
    shares: list[tuple[float, str]] = []
    train(now=NOW, progress=lambda share, what: shares.append((round(share, 2), what)))
    assert shares == [(0.0, "reading"), (0.1, "evaluation"), (0.5, "fit"), (0.6, "lists")]


def test_few_queries_whatever_the_number_of_lines(bought, cast, models, django_assert_max_num_queries):
    for number in range(40):
        order = place_order(f"X{number}", cast["bob"], 5)
        OrderLine.objects.bulk_create(
            OrderLine(order=order, product_id=bought[0], title="x", quantity=1, unit_price=Decimal(1), line_total=1)
            for _ in range(10)
        )
    sync(now=NOW)
    with django_assert_max_num_queries(75):
        train(now=NOW)
