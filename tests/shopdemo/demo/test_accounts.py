from __future__ import annotations

import pytest

from shopdemo.demo.accounts import Login, ensure_accounts
from shopdemo.shop.models import User

pytestmark = pytest.mark.django_db


def test_staff_is_made_and_demo_customers_may_log_in() -> None:
    User.objects.create_user("customer-13089@example.com")
    User.objects.create_user("prospect-001@example.com")
    User.objects.create_user("customer-1@example.com")
    assert ensure_accounts() == [
        Login("admin@example.com", "demo", is_staff=True),
        Login("customer-13089@example.com", "demo", is_staff=False),
        Login("prospect-001@example.com", "demo", is_staff=False),
    ]
    assert User.objects.get(email="admin@example.com").is_superuser
    assert not User.objects.get(email="customer-1@example.com").has_usable_password()


def test_a_password_that_was_changed_stays_changed() -> None:
    ensure_accounts()
    owner = User.objects.get(email="admin@example.com")
    owner.set_password("mine")
    owner.save()
    assert ensure_accounts() == [Login("admin@example.com", "", is_staff=True)]
    owner.refresh_from_db()
    assert owner.check_password("mine")


def test_customers_that_are_not_loaded_are_left_out() -> None:
    assert [login.email for login in ensure_accounts()] == ["admin@example.com"]
