"""Logins for whoever tries the demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from shopdemo.shop.models import User

# Known to everybody; the demo serves this machine only.
PASSWORD = "demo"
STAFF = "admin@example.com"
# A customer with many orders, and a person who never bought.
CUSTOMERS = ("customer-13089@example.com", "prospect-001@example.com")


@dataclass(frozen=True)
class Login:
    """An account to log in to; `password` is "" where the owner has changed it."""

    email: str
    password: str
    is_staff: bool


def ensure_accounts() -> list[Login]:
    """Make the staff account if there is none, and let the demo customers log in; a password once set is never reset.

    A demo customer that is not in the shop (a load with a limit leaves out most) is left out.
    """
    if not User.objects.filter(email=STAFF).exists():
        User.objects.create_superuser(STAFF, PASSWORD, first_name="Admin")
    for customer in User.objects.filter(email__in=CUSTOMERS):
        if not customer.has_usable_password():
            User.objects.filter(pk=customer.pk).update(password=make_password(PASSWORD))
    users = User.objects.filter(email__in=(STAFF, *CUSTOMERS)).order_by("-is_staff", "email")
    return [Login(user.email, PASSWORD if user.check_password(PASSWORD) else "", user.is_staff) for user in users]
