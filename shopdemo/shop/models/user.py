"""A customer's account (or a member of staff), known by e-mail."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.models.provenance import Provenance


class UserManager(BaseUserManager["User"]):
    """Makes accounts and finds them by e-mail, whatever its case."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The e-mail as it is stored: trimmed and in lower case throughout."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with this e-mail."""
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without `password` nobody can log in to it. Raises ValueError without an e-mail."""
        address = self.normalize_email(email)
        if not address:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=address, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account that may do everything in the admin."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(Provenance, AbstractUser):
    """A person with an account; logs in by e-mail, which is unique and kept in lower case."""

    class Gender(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")
        OTHER = "other", _("other")

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 alpha-2, such as GB."))
    city = models.CharField(_("city"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    accepts_email = models.BooleanField(
        _("accepts newsletters"), null=True, blank=True, help_text=_("Unknown until the customer has said yes or no.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Keep the e-mail in the one spelling that the unique constraint compares."""
        super().clean()
        self.email = UserManager.normalize_email(self.email)
