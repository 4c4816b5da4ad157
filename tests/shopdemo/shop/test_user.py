from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from shopdemo.shop.models import User

pytestmark = pytest.mark.django_db


def test_an_account_logs_in_by_email_whatever_its_case() -> None:
    alice = User.objects.create_user(" Alice@Example.com", "secret")
    assert alice.email == "alice@example.com"
    assert authenticate(username="ALICE@example.com", password="secret") == alice
    assert authenticate(username="alice@example.com", password="wrong") is None


def test_without_a_password_nobody_logs_in() -> None:
    assert not User.objects.create_user("bob@example.com").has_usable_password()


def test_an_email_is_needed() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("  ")


def test_an_email_belongs_to_one_account() -> None:
    User.objects.create_user("carol@example.com")
    with pytest.raises(IntegrityError):
        User.objects.create_user("CAROL@example.com")


def test_forms_keep_the_one_spelling() -> None:
    User.objects.create_user("dan@example.com")
    other = User(email="Dan@Example.com", password="!")
    with pytest.raises(ValidationError, match="already exists"):
        other.full_clean()


def test_a_superuser_is_staff() -> None:
    owner = User.objects.create_superuser("owner@example.com", "secret")
    assert (owner.is_staff, owner.is_superuser, str(owner)) == (True, True, "owner@example.com")
