"""API tokens: made for oneself or, with the right, for somebody who may do no more than oneself; shown once, and revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from segmentation.admin.links import page
from segmentation.conf import conf
from segmentation.models import ApiToken
from segmentation.rest.base.keys import equip, is_within, revoke, standing

YEAR = timedelta(days=365)
STANDINGS = {
    "good": gettext_lazy("good"),
    "over": gettext_lazy("over"),
    "revoked": gettext_lazy("revoked"),
    "closed": gettext_lazy("account closed"),
}


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new token. Its maker is told by the page."""

    maker: Any

    class Meta:
        model = ApiToken
        fields = ("name", "user", "scope", "expires_at")

    def clean_user(self) -> Any:
        """Nobody makes a token for whoever may do more."""
        user = self.cleaned_data["user"]
        if not is_within(user, self.maker):
            raise forms.ValidationError(_("This account may do more than yours."))
        return user

    def clean_expires_at(self) -> Any:
        """A token that is over when it is made is none."""
        end = self.cleaned_data["expires_at"]
        if end is not None and end <= timezone.now():
            raise forms.ValidationError(_("This is over."))
        return end


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Whoever may add tokens makes and sees those of their own account; whoever may change tokens, those of others too."""

    form = TokenForm
    list_display = ("name", "user", "begins_with", "scope", "standing", "created_at", "expires_at", "used_at")
    list_filter = ("scope",)
    list_select_related = ("user",)
    search_fields = ("name",)
    actions = ("revoke_chosen",)
    ordering = ("-created_at", "-pk")
    change_form_template = "admin/regulars_segmentation/apitoken/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        """Of this shop; one's own, unless one may see others'."""
        tokens: QuerySet[ApiToken] = super().get_queryset(request).filter(shop=conf.shop)
        who: Any = request.user.pk
        return tokens if self._sees_all(request) else tokens.filter(user_id=who)

    def has_view_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Whoever makes tokens sees their own."""
        return super().has_view_permission(request, obj) or self.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """To revoke: one's own, or others' with the right."""
        if super().has_change_permission(request, obj):
            return True
        return self.has_add_permission(request) and (obj is None or obj.user_id == request.user.pk)

    def get_form(self, request: HttpRequest, obj: ApiToken | None = None, change: bool = False, **kwargs: Any) -> Any:
        """One that knows its maker, and of whom a token may be."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None:
            return form
        accounts: Any = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
        if not self._acts_for_all(request):
            accounts = accounts.filter(pk=request.user.pk)
        made: Any = type("TokenForm", (form,), {"maker": request.user})
        user = made.base_fields["user"]
        user.queryset, user.initial = accounts, request.user.pk
        made.base_fields["expires_at"].initial = timezone.now() + YEAR
        return made

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        """Of a token that is there all but its digest, which nobody sees."""
        if obj is None:
            return TokenForm.Meta.fields
        return ("name", "user", "begins_with", "scope", "standing", "created_at", "expires_at", "used_at", "revoked_at")

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        """A token is as it was made: with other words or rights it is another."""
        return () if obj is None else self.get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Made with a secret that is not kept."""
        secret = equip(obj, now=timezone.now())
        super().save_model(request, obj, form, change)
        vars(request)["regulars_secret"] = secret

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        """The one page that shows the secret: in the answer itself, so that it is in no session, cookie or address."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("The secret of %(name)s") % {"name": obj.name},
            "media": self.media,
            "token": obj,
            "secret": vars(request)["regulars_secret"],
            "address": _address(request),
            "back_url": page("apitoken_changelist"),
        }
        response = TemplateResponse(request, "admin/regulars_segmentation/apitoken/made.html", context)
        add_never_cache_headers(response)
        return response

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """All of it is read; a POST revokes."""
        token = self.get_object(request, object_id)
        if request.method == "POST" and token is not None:
            if not self.has_change_permission(request, token):
                raise PermissionDenied
            self._revoke(request, token)
            messages.success(request, _("%(name)s is revoked.") % {"name": token.name})
            return HttpResponseRedirect(page("apitoken_changelist"))
        may_revoke = token is not None and token.revoked_at is None and self.has_change_permission(request, token)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_revoke": may_revoke})

    @admin.display(description=gettext_lazy("begins with"), ordering="hint")
    def begins_with(self, token: ApiToken) -> str:
        """By which its owner knows it again."""
        return f"{token.hint}…"

    @admin.display(description=gettext_lazy("state"))
    def standing(self, token: ApiToken) -> str:
        """Whether it is good."""
        return str(STANDINGS[standing(token, now=timezone.now())])

    @admin.action(description=gettext_lazy("Revoke the chosen tokens"), permissions=["change"])
    def revoke_chosen(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        """At once, and for good."""
        chosen = [token for token in tokens if token.revoked_at is None and self.has_change_permission(request, token)]
        for token in chosen:
            self._revoke(request, token)
        said = ngettext("%(count)d token is revoked.", "%(count)d tokens are revoked.", len(chosen))
        messages.success(request, said % {"count": len(chosen)})

    def _revoke(self, request: HttpRequest, token: ApiToken) -> None:
        revoke(token, now=timezone.now())
        self.log_change(request, token, _("Revoked."))

    def _sees_all(self, request: HttpRequest) -> bool:
        return super().has_view_permission(request)

    def _acts_for_all(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)


def _address(request: HttpRequest) -> str:
    """Of something that a token is needed for; "" where the API is not mounted."""
    try:
        return request.build_absolute_uri(reverse("segmentation:segment-list"))
    except NoReverseMatch:
        return ""
