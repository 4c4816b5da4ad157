from __future__ import annotations

import os
import socket
import subprocess
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from segmentation.errors import LeaseLost, RefreshBusy, RefreshError
from segmentation.membership.lease import TERM, hold
from segmentation.models import Lease

pytestmark = pytest.mark.django_db

NAME = "refresh:default"


def expire() -> None:
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def test_a_lease_is_held_and_given_back():
    before = timezone.now()
    with hold(NAME) as held:
        lease = Lease.objects.get()
        assert (lease.name, lease.token, held.name, held.token) == (NAME, 1, NAME, 1)
        assert lease.holder == f"{socket.gethostname()}:{os.getpid()}"
        assert lease.expires_at >= before + TERM

    assert Lease.objects.values_list("name", "holder", "token").get() == (NAME, "", 1)


def test_each_holder_has_a_greater_token():
    tokens = []
    for _ in range(3):
        with hold(NAME) as held:
            tokens.append(held.token)

    assert tokens == [1, 2, 3]


def test_nobody_takes_what_is_held():
    with hold(NAME):
        before = Lease.objects.values().get()
        with pytest.raises(RefreshBusy, match=f"another worker holds the lease {NAME}; try again when it is done"), hold(NAME):
            pytest.fail("two hold it")
        assert Lease.objects.values().get() == before


def test_busy_is_a_refresh_error():
    assert issubclass(RefreshBusy, RefreshError)
    assert issubclass(LeaseLost, RefreshError)


def test_two_leases_do_not_meet():
    with hold("refresh:one") as one, hold("refresh:two") as two:
        assert (one.token, two.token) == (1, 1)


def test_a_lease_is_given_back_by_who_fails():
    with pytest.raises(ZeroDivisionError), hold(NAME):
        raise ZeroDivisionError
    with hold(NAME) as held:
        assert held.token == 2


def test_a_lease_that_has_run_out_is_taken_over():
    with hold(NAME) as stale:
        expire()
        with hold(NAME) as fresh:
            assert (stale.token, fresh.token) == (1, 2)


def test_who_lost_the_lease_is_told_at_the_next_write():
    with hold(NAME) as stale:
        expire()
        with hold(NAME) as fresh:
            with pytest.raises(LeaseLost, match=f"the lease {NAME} was taken over by another worker; nothing more was written"):
                stale.renew()
            fresh.renew()


def test_who_lost_the_lease_does_not_give_it_back_for_the_other():
    with hold("other"):
        pass
    stale = hold(NAME)
    stale.__enter__()
    expire()
    with hold(NAME):
        stale.__exit__(None, None, None)
        assert Lease.objects.get(name=NAME).holder != ""


def test_who_lost_the_lease_is_told_even_when_the_other_is_done():
    with hold(NAME) as stale:
        expire()
        with hold(NAME):
            pass
        with pytest.raises(LeaseLost):
            stale.renew()


def test_renewing_holds_it_for_another_term():
    with hold(NAME) as held:
        expire()
        with transaction.atomic():
            held.renew()
        assert Lease.objects.get().expires_at > timezone.now()
        with pytest.raises(RefreshBusy), hold(NAME):
            pytest.fail("two hold it")


def test_a_lease_costs_few_queries(django_assert_num_queries):
    with hold(NAME):
        pass
    with django_assert_num_queries(6), hold(NAME):  # a savepoint, the row, the take, its token; the giving back
        pass


def hold_as(holder: str) -> None:
    Lease.objects.update_or_create(name=NAME, defaults={"holder": holder, "expires_at": timezone.now() + TERM})


@pytest.mark.skipif(os.name != "posix", reason="processes cannot be asked for elsewhere")
def test_a_lease_of_a_process_that_is_gone_is_taken_over():
    ended = subprocess.Popen(["true"])
    ended.wait()
    hold_as(f"{socket.gethostname()}:{ended.pid}")
    with hold(NAME) as held:
        assert held.token == 1


@pytest.mark.parametrize("holder", [f"{socket.gethostname()}:{os.getppid()}", "elsewhere:1", f"{socket.gethostname()}:none"])
def test_a_lease_of_a_process_that_may_be_there_is_not(holder):
    hold_as(holder)
    with pytest.raises(RefreshBusy), hold(NAME):
        pytest.fail("two hold it")
