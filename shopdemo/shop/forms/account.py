"""Accounts: made, entered, changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.countries import country_choices
from shopdemo.shop.models import User

OLDEST = 120
"""Years."""


class SignUpForm(BaseUserCreationForm):  # type: ignore[type-arg]
    """A new account: e-mail, password, and what the customer likes to add."""

    class Meta:
        model = User
        fields = ("first_name", "email", "accepts_email")
        labels = {"accepts_email": _("Send me the newsletter: new things and offers, about once a month")}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "accepts_email": forms.CheckboxInput(),
        }

    field_order = ("first_name", "email", "password1", "password2", "accepts_email")

    def clean_email(self) -> str:
        """In the one spelling that is unique."""
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean_accepts_email(self) -> bool | None:
        """An empty box is no answer, and so stays unknown."""
        return self.cleaned_data["accepts_email"] or None


class LogInForm(AuthenticationForm):
    """E-mail and password."""

    username = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the shop may know of a customer; all of it optional, all of it hers to change."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    accepts_email = forms.BooleanField(
        label=_("Send me the newsletter: new things and offers, about once a month"), required=False
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "birth_date", "gender", "city", "country", "language", "accepts_email")
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "birth_date": _("Birth date"),
            "gender": _("Gender"),
            "city": _("Town or city"),
        }
        help_texts = {"birth_date": _("We send a small present."), "gender": _("Only if you like to say.")}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "birth_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        _choices(self, "country", country_choices())
        _choices(self, "language", settings.LANGUAGES)

    def clean_birth_date(self) -> date | None:
        """A day of the last 120 years."""
        day: date | None = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if (day and not today.year - OLDEST <= day.year <= today.year) or (day and day > today):
            raise forms.ValidationError(_("This is no birth date."))
        return day


def _choices(form: forms.BaseForm, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "-"), *choices]
