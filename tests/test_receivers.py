from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_save, pre_delete
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.exceptions import OperationalError

from segmentation import receivers, tasks
from segmentation.membership import changes, define, refresh
from segmentation.models import JournalEntry, Membership, Profile
from segmentation.sources import Column
from shopdemo.shop.models import Cart, Order, OrderLine, Product, Refund, User
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line, ago, give_refund, key_of, keys_of, members, place_order, profile_of, rolled_back
from tests.statements import READS

pytestmark = pytest.mark.django_db

ORDERS = receivers._Rows("orders")


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


class Unreadable(DemoSource):
    orders = DemoSource.orders.replace(lambda: 1 // 0)


@pytest.fixture(autouse=True)
def breaker(monkeypatch):
    """Of this test, at a time that stands still."""
    fresh = receivers.Breaker()
    monkeypatch.setattr(receivers, "breaker", fresh)
    monkeypatch.setattr(receivers, "monotonic", lambda: 1000.0)
    return fresh


@pytest.fixture
def segments(cast):
    """Filled. Loyal is Alice; never bought is Carol; lamps is nobody; refunded is nobody."""
    for slug, rule in (
        ("loyal", "orders.count() >= 3"),
        ("never-bought", "orders.count() = 0"),
        ("lamps", "order_lines.sum(quantity) >= 2"),
        ("refunded", "refunds.count() >= 1"),
        ("british", 'customer.country = "GB"'),
    ):
        define(slug, rule, now=NOW)
    refresh(now=NOW)


@pytest.fixture
def inline(segments, configure):
    configure(CHANGES="inline")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit(): …` runs what waits for the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def followed(monkeypatch):
    """The notices of each delivery; they are followed all the same."""
    calls: list[list] = []
    follow = changes.follow

    def spy(notices, *, now):
        calls.append(list(notices))
        follow(notices, now=now)

    monkeypatch.setattr(changes, "follow", spy)
    return calls


@pytest.fixture
def lamp(db):
    return Product.objects.create(code="L", title="Lamp", slug="lamp", price=Decimal(5))


# What is heard.


@pytest.mark.usefixtures("inline")
def test_an_order_shows_at_once(carol, commit, followed):
    with commit():
        order = place_order("C1", carol, 1)
        assert members("never-bought") == keys_of(carol)  # not before the commit

    assert members("never-bought") == set()
    assert followed == [[("orders", str(order.pk))]]
    entry = JournalEntry.objects.latest("pk")
    assert (entry.profile.key, entry.entered, entry.cause) == (key_of(carol), False, "change")


@pytest.mark.usefixtures("inline")
def test_an_order_by_create_by_a_related_manager_and_by_get_or_create(carol, commit):
    with commit():
        Order.objects.create(number="C1", user=carol, placed_at=ago(1), total=1)
        carol.orders.create(number="C2", placed_at=ago(1), total=1)
        Order.objects.get_or_create(number="C3", defaults={"user": carol, "placed_at": ago(1), "total": 1})

    assert key_of(carol) in members("loyal")


@pytest.mark.usefixtures("inline")
def test_several_changes_in_one_transaction_are_one_evaluation(carol, commit, followed, lamp):
    with commit(), transaction.atomic():
        order = place_order("C1", carol, 1)
        order.coupon_code = "X"
        order.save()
        with transaction.atomic():
            line = add_line(order, lamp, 2)
            place_order("C2", carol, 1)

    assert [len(notices) for notices in followed] == [3]
    assert followed[0][:2] == [("orders", str(order.pk)), ("order_lines", str(line.pk))]
    assert profile_of(carol).revision == 1
    assert key_of(carol) in members("lamps")


@pytest.mark.usefixtures("inline")
def test_what_is_rolled_back_is_not_followed(carol, commit, followed):
    with commit(), rolled_back():
        place_order("C1", carol, 1)

    assert followed == []
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("inline")
def test_a_change_after_a_savepoint_that_was_rolled_back_is_followed(alice, carol, commit, followed):
    with commit(), transaction.atomic():
        with rolled_back():
            place_order("A4", alice, 1)
        order = place_order("C1", carol, 1)

    assert followed == [[("orders", str(order.pk))]]
    assert members("never-bought") == set()


@pytest.mark.usefixtures("inline")
def test_a_savepoint_that_is_rolled_back_does_not_take_the_others_with_it(alice, carol, commit, followed):
    with commit(), transaction.atomic():
        place_order("C1", carol, 1)
        with rolled_back():
            place_order("A4", alice, 1)

    assert len(followed) == 1
    assert members("never-bought") == set()
    assert profile_of(alice).revision == 0


@pytest.mark.usefixtures("inline")
def test_two_transactions_are_two_evaluations(carol, commit, followed):
    for number in ("C1", "C2"):
        with commit():
            place_order(number, carol, 1)

    assert len(followed) == 2


@pytest.mark.usefixtures("inline")
def test_a_suite_that_commits_a_block_of_a_test_sees_what_was_changed_before_it_too(alice, carol, commit, followed):
    before = place_order("A4", alice, 1)
    with commit():
        within = place_order("C1", carol, 1)

    assert followed == [[("orders", str(before.pk)), ("orders", str(within.pk))]]
    with commit():
        later = place_order("C2", carol, 1)
    assert followed[1:] == [[("orders", str(later.pk))]]


@pytest.mark.usefixtures("inline")
def test_an_order_of_a_guest(dan, commit):
    with commit():
        place_order("D2", "DAN@guest.test ", 1)
        place_order("D3", dan, 1)

    assert key_of(dan) in members("loyal")


@pytest.mark.usefixtures("inline")
def test_the_first_order_of_a_guest_makes_the_profile(commit):
    with commit():
        for number in range(3):
            place_order(f"E{number}", "eve@guest.test", 1)

    assert key_of("eve@guest.test") in members("loyal")


@pytest.mark.usefixtures("inline")
def test_a_new_customer(commit):
    with commit():
        eve = User.objects.create_user("eve@shop.test", country="GB")

    assert key_of(eve) in members("never-bought")
    assert key_of(eve) in members("british")


@pytest.mark.usefixtures("inline")
def test_a_fact_of_a_customer(alice, commit):
    alice.country = "FR"
    with commit():
        alice.save()

    assert key_of(alice) not in members("british")


@pytest.mark.usefixtures("inline")
def test_lines(alice, lamp, commit):
    order = Order.objects.get(number="A1")
    with commit():
        line = add_line(order, lamp, 2)
    assert members("lamps") == keys_of(alice)

    line.quantity = 1
    with commit():
        line.save()
    assert members("lamps") == set()
    with commit():
        other = add_line(order, lamp, 5)
    with commit():
        other.delete()
    assert members("lamps") == set()


@pytest.mark.usefixtures("inline")
def test_refunds(alice, dan, commit):
    with commit():
        give_refund("R1", alice, 1)
        given = give_refund("R2", dan, 1)
    assert members("refunded") == keys_of(alice, dan)

    with commit():
        given.delete()
    assert members("refunded") == keys_of(alice)


@pytest.mark.usefixtures("inline")
def test_a_cancelled_order_never_was_one(alice, commit):
    order = Order.objects.get(number="A1")
    order.status = Order.Status.CANCELLED
    with commit():
        order.save()
    assert members("loyal") == set()

    order.status = Order.Status.SHIPPED
    with commit():
        order.save()
    assert members("loyal") == keys_of(alice)


@pytest.mark.usefixtures("inline")
def test_a_closed_account_leaves_and_comes_back(alice, commit):
    alice.is_active = False
    with commit():
        alice.save()
    assert not Membership.objects.filter(profile=profile_of(alice)).exists()
    assert profile_of(alice).gone_at is not None

    alice.is_active = True
    with commit():
        alice.save()
    assert key_of(alice) in members("loyal") & members("british")


@pytest.mark.usefixtures("inline")
def test_a_deleted_order(alice, dan, lamp, commit):
    add_line(Order.objects.get(number="A1"), lamp)
    with commit():
        Order.objects.get(number="A1").delete()
    assert members("loyal") == set()

    with commit():
        Order.objects.filter(user=None).delete()
    assert profile_of(dan).gone_at is not None


@pytest.mark.usefixtures("inline")
def test_a_deleted_customer(alice, carol, commit):
    keys = keys_of(alice, carol)
    with commit():
        User.objects.filter(pk__in=[alice.pk, carol.pk]).delete()

    assert not keys & (members("loyal") | members("british") | members("never-bought"))
    assert all(profile.gone_at for profile in Profile.objects.filter(key__in=keys))
    assert set(JournalEntry.objects.filter(entered=False).values_list("cause", flat=True)) == {"gone"}


@pytest.mark.usefixtures("inline")
def test_a_deletion_that_is_rolled_back_is_not_followed(alice, commit, followed):
    with commit(), rolled_back():
        Order.objects.filter(number="A1").delete()

    assert followed == []


@pytest.mark.usefixtures("inline")
def test_products_and_orders_of_nobody_move_nobody(commit, lamp):
    before = list(Membership.objects.values())
    with commit():
        lamp.save()
        place_order("N1", None)
        User.objects.create_user("boss@shop.test", is_staff=True)

    assert list(Membership.objects.values()) == before
    assert set(Profile.objects.values_list("revision", flat=True)) == {0}


@pytest.mark.usefixtures("inline")
def test_models_that_are_none_of_the_sources_are_not_heard(commit, followed):
    with commit():
        define("more", "orders.count() >= 1", now=NOW)

    assert followed == []


@pytest.mark.usefixtures("segments")
def test_nothing_is_heard_where_changes_are_none(carol, commit, followed, django_assert_num_queries):
    with commit() as callbacks:
        place_order("C1", carol, 1).delete()

    assert (callbacks, followed) == ([], [])
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("inline")
def test_switched_off_between_the_change_and_its_commit(carol, commit, followed, configure):
    with commit():
        place_order("C1", carol, 1)
        configure(CHANGES="none")

    assert followed == []


@pytest.mark.usefixtures("inline")
def test_a_save_costs_the_shop_no_query_before_its_commit(carol, django_capture_on_commit_callbacks, django_assert_num_queries):
    order = Order(number="C1", user=carol, placed_at=ago(1), total=1)

    with django_capture_on_commit_callbacks() as callbacks, django_assert_num_queries(1):
        order.save()
    assert len(callbacks) == 1


# Nothing is raised into the shop.


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("source", [Torn, Unreadable])
def test_a_source_that_fails(carol, commit, caplog, use_source, source):
    use_source(source)
    with commit():
        order = place_order("C1", carol, 1)
    assert Order.objects.filter(pk=order.pk).exists()
    assert "changes in the shop could not be followed; the next refresh will see them" in caplog.text

    with commit():
        order.delete()
    assert not Order.objects.filter(number="C1").exists()
    use_source(DemoSource)
    refresh(now=NOW)
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("missing", ["", "no.such.Source", "shopdemo.shop.models.User"])
def test_a_source_that_cannot_be_had(carol, commit, caplog, configure, missing):
    configure(SOURCE=missing)
    with commit():
        order = place_order("C1", carol, 1)
    with commit():
        order.delete()

    assert "a change of orders could not be noted; the next refresh will see it" in caplog.text
    assert not Order.objects.filter(number="C1").exists()


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("step", ["sync_few", "evaluate_live"])
def test_our_tables_failing(carol, commit, caplog, monkeypatch, step):
    def fail(*arguments, **options):
        raise DatabaseError("disk full")

    monkeypatch.setattr(changes, step, fail)
    with commit():
        order = place_order("C1", carol, 1)

    assert "disk full" in caplog.text
    assert Order.objects.filter(pk=order.pk).exists()
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("inline")
def test_a_lookup_that_fails_in_the_database_leaves_the_shops_transaction_whole(alice, commit, caplog, use_source):
    use_source(Missing)
    with commit(), transaction.atomic():
        Order.objects.get(number="A1").delete()
        assert Order.objects.filter(user=alice).count() == 2  # which a broken transaction would refuse

    assert "a change of orders could not be noted" in caplog.text


class Missing(DemoSource):
    """A column that the database has not."""

    orders = DemoSource.orders.replace(email=RawSQL("no_such_column", [], output_field=CharField()))


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("nonsense", [None, [], "inline"])
def test_settings_that_are_nonsense(carol, commit, caplog, settings, nonsense):
    settings.SEGMENTATION = nonsense
    with commit():
        order = place_order("C1", carol, 1)
        order.delete()

    assert "a change of orders could not be noted" in caplog.text


@pytest.mark.usefixtures("inline")
def test_a_way_to_follow_that_does_not_exist(carol, commit, caplog, configure):
    configure(CHANGES="telepathy")
    with commit():
        place_order("C1", carol, 1)

    assert "changes in the shop could not be followed" in caplog.text


# Celery.


@pytest.fixture
def sent(monkeypatch):
    """What was put on the queue, as it arrives there."""
    calls: list[tuple] = []

    def apply_async(args, **options):
        calls.append((json.loads(json.dumps(args)), options))

    monkeypatch.setattr(tasks.follow, "apply_async", apply_async)
    return calls


@pytest.mark.usefixtures("segments")
def test_one_transaction_is_one_task(carol, dan, commit, configure, sent):
    configure(CHANGES="celery")
    with commit(), transaction.atomic():
        order = place_order("C1", carol, 1)
        order.save()
        gone = Order.objects.get(number="D1")
        gone.delete()

    notices = [["orders", str(order.pk)], ["profile", key_of(dan)]]
    options = {"retry": False, "ignore_result": True, "argsrepr": "(2 notices,)", "kwargsrepr": "{}"}
    assert sent == [([notices], options)]
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("segments")
def test_a_task_does_what_is_done_inline(carol, commit, configure):
    configure(CHANGES="celery")
    with commit():
        place_order("C1", carol, placed_at=timezone.now() - timedelta(minutes=1))

    assert members("never-bought") == set()  # the suite runs tasks eagerly


@pytest.fixture
def dead_broker(monkeypatch):
    """How often somebody tried it."""
    tries: list[tuple] = []

    def apply_async(*arguments, **options):
        tries.append(arguments)
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.follow, "apply_async", apply_async)
    return tries


@pytest.mark.usefixtures("segments")
def test_a_dead_broker_is_no_trouble(carol, commit, caplog, configure, dead_broker):
    configure(CHANGES="celery")
    with commit():
        order = place_order("C1", carol, 1)

    assert "connection refused" in caplog.text
    assert "changes in the shop could not be followed; the next refresh will see them" in caplog.text
    assert Order.objects.filter(pk=order.pk).exists()
    assert len(dead_broker) == 1


@pytest.mark.usefixtures("segments")
def test_a_dead_broker_is_left_alone_for_a_while(carol, commit, caplog, configure, dead_broker, monkeypatch):
    configure(CHANGES="celery")
    for number in range(3):
        with commit():
            place_order(f"C{number}", carol, 1)
    assert len(dead_broker) == 1
    assert caplog.text.count("the broker was down a moment ago: 1 changes wait for the next refresh") == 2

    monkeypatch.setattr(receivers, "monotonic", lambda: 1000.0 + receivers.Breaker.REST)
    with commit():
        place_order("C3", carol, 1)
    assert len(dead_broker) == 2


# Listening.


def ears(signal, sender) -> set[str]:
    """Who of us listens to a model."""
    names = {uid for (uid, heard), *_ in signal.receivers if heard == id(sender)}
    return {uid for uid in names if isinstance(uid, str) and uid.startswith("regulars:")}


@pytest.mark.parametrize("signal", [post_save, pre_delete], ids=["saved", "deleted"])
def test_the_models_of_the_source_are_listened_to_once(signal):
    before = len(signal.receivers)

    receivers.connect()
    assert len(signal.receivers) == before
    assert {model.__name__: ears(signal, model) for model in (User, Order, OrderLine, Refund, Product)} == {
        "User": {"regulars:customers:pk"},
        "Order": {"regulars:orders:pk"},
        "OrderLine": {"regulars:order_lines:pk"},
        "Refund": {"regulars:refunds:pk"},
        "Product": set(),
    }


@pytest.mark.parametrize("missing", ["", "no.such.Source", "shopdemo.shop.models.User"])
def test_a_source_that_cannot_be_had_is_told_by_the_checks_not_here(configure, missing):
    configure(SOURCE=missing)
    before = len(post_save.receivers)

    receivers.connect()
    assert len(post_save.receivers) == before


def test_a_model_that_is_watched_for_another(alice, segments, configure, commit, followed):
    """The path leads from the model that was saved to the row that it touches."""
    configure(CHANGES="inline")
    line = OrderLine(order=Order.objects.get(number="A1"))

    with commit():
        receivers._Saved(ORDERS, "order_id")(OrderLine, line)
        receivers._Deleted(ORDERS, "order_id")(OrderLine, line)
    assert followed == [[("orders", str(line.order_id)), ("profile", key_of(alice))]]


def test_a_path_that_leads_nowhere_is_no_change(segments, configure, commit, followed):
    configure(CHANGES="inline")

    with commit():
        receivers._Saved(ORDERS, "order__user__pk")(OrderLine, OrderLine())
        receivers._Deleted(ORDERS, "order__user__pk")(OrderLine, OrderLine())
    assert followed == []


@pytest.mark.usefixtures("inline")
def test_a_path_that_fails_in_the_database_leaves_the_shops_transaction_whole(alice, commit, caplog, followed):
    class Lost:
        @property
        def owner(self):
            return User.objects.extra(where=["no_such_column"]).get()

    with commit(), transaction.atomic():
        receivers._Saved(ORDERS, "owner__pk")(OrderLine, Lost())
        assert Order.objects.filter(user=alice).count() == 3  # which a broken transaction would refuse
    assert "a change of orders could not be noted" in caplog.text
    assert followed == []


# What means nothing.


@pytest.mark.usefixtures("inline")
def test_a_log_in_is_no_change(alice, commit, followed, client):
    with commit():
        client.force_login(alice)
    alice.refresh_from_db()
    assert alice.last_login is not None
    assert followed == []

    with commit():
        alice.save(update_fields=["last_login", "country"])
        alice.save(update_fields=["country"])
        alice.save(update_fields=[])
        alice.save()
    assert followed == [[("customers", str(alice.pk))]]


class WithLastLogin(DemoSource):
    customers = DemoSource.customers.replace(seen="last_login")


def test_a_log_in_is_a_change_where_it_is_a_fact(alice, segments, configure, commit, followed, use_source):
    use_source(WithLastLogin)
    configure(CHANGES="inline")
    heard = receivers._Saved(receivers._Rows("customers", asked=["email", "last_login"]), "pk")

    with commit():
        heard(User, alice, update_fields=frozenset({"last_login"}))
    assert followed == [[("customers", str(alice.pk))]]


class WithHome(DemoSource):
    """Only paths, though two of them are one column."""

    customers = DemoSource.customers.replace(home=Column(("country", "city"), kind="geo"))


def test_a_place_of_two_columns_does_not_make_a_log_in_a_change():
    found = {ear.name: ear.receiver for ear in receivers._ears(WithHome()) if ear.signal is post_save}

    assert not found["regulars:customers:pk"].concerns({"update_fields": frozenset({"last_login"})})


@pytest.mark.parametrize(("source", "asked"), [(DemoSource, False), (WithLastLogin, True)])
def test_what_the_source_asks_is_known_where_it_is_listened_to(use_source, monkeypatch, source, asked):
    use_source(source)
    found: dict[str, receivers._Receiver] = {}

    def connect(receiver, *, sender, weak, dispatch_uid):
        found[dispatch_uid] = receiver

    monkeypatch.setattr(post_save, "connect", connect)
    monkeypatch.setattr(pre_delete, "connect", lambda *arguments, **options: None)
    receivers.connect()
    assert ("last_login" in found["regulars:customers:pk"].rows.asked) is asked
    assert {uid: set(receiver.rows.above) for uid, receiver in found.items()} == {
        "regulars:customers:pk": set(),
        "regulars:orders:pk": set(),
        "regulars:order_lines:pk": {Order},
        "regulars:refunds:pk": set(),
        "regulars:carts:pk": set(),
        "regulars:cart_lines:pk": {Cart},
        "regulars:wishlist_items:pk": set(),
        "regulars:events:pk": set(),
    }


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize("lines", [1, 5])
@pytest.mark.parametrize(
    "delete",
    [lambda: Order.objects.get(number="A1").delete(), lambda: Order.objects.filter(number="A1").delete()],
    ids=["row", "queryset"],
)
def test_the_lines_of_an_order_that_goes_are_not_looked_up(alice, lamp, commit, followed, configure, delete, lines):
    for _ in range(lines):
        add_line(Order.objects.get(number="A1"), lamp)

    def queries() -> list[str]:
        with rolled_back(), CaptureQueriesContext(connection) as found:
            delete()
        return [query["sql"] for query in found]

    plain = queries()
    configure(CHANGES="inline")
    asked = [sql for sql in queries() if sql not in plain]
    assert [sql.startswith(READS) for sql in asked if "SAVEPOINT" not in sql] == [True]
    with commit():
        delete()
    assert followed == [[("profile", key_of(alice))]]
    assert members("loyal") == set()


@pytest.mark.usefixtures("segments")
def test_lines_that_go_by_themselves_are_followed(alice, dan, lamp, commit, followed, configure):
    line = add_line(Order.objects.get(number="A1"), lamp, 2)
    other = add_line(Order.objects.get(number="D1"), lamp, 2)
    refresh(now=NOW)
    configure(CHANGES="inline")
    assert members("lamps") == keys_of(alice, dan)

    with commit():
        line.delete()
    with commit():
        OrderLine.objects.filter(pk=other.pk).delete()
    assert followed == [[("profile", key_of(alice))], [("profile", key_of(dan))]]
    assert members("lamps") == set()


@pytest.mark.parametrize("nonsense", [None, [], "inline", 5])
def test_settings_that_are_nonsense_are_told_by_the_checks_not_here(settings, nonsense):
    settings.SEGMENTATION = nonsense
    before = len(post_save.receivers)

    receivers.connect()
    assert len(post_save.receivers) == before
