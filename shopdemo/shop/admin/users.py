"""Accounts in the admin: Django's own page, with the e-mail in place of a user name."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.models import User


class UserAddForm(AdminUserCreationForm):  # type: ignore[type-arg]
    """Asks for an e-mail and a password."""

    class Meta:
        model = User
        fields = ("email",)


class UserEditForm(UserChangeForm):  # type: ignore[type-arg]
    """Every column, the password as a link to its own page."""

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """Customers and staff."""

    form = UserEditForm
    add_form = UserAddForm
    list_display = ("email", "first_name", "country", "accepts_email", "date_joined", "is_staff")
    list_filter = ("is_staff", "is_active", "accepts_email", "gender", "simulated")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (
            _("Person"),
            {"fields": ("first_name", "last_name", "birth_date", "gender", "country", "city", "language", "accepts_email")},
        ),
        (_("Origin"), {"fields": ("simulated", "simulated_fields")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)
