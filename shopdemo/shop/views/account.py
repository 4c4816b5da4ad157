"""Accounts: sign up, log in, details, password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shopdemo.shop.flows.wishes import wishes_of
from shopdemo.shop.forms.account import AccountForm, LogInForm, SignUpForm
from shopdemo.shop.views.requests import back, customer

forms_only = require_http_methods(["GET", "HEAD", "POST"])


class LogIn(LoginView):
    """With e-mail and password; whoever is logged in already is sent on."""

    template_name = "shop/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True


class PasswordChange(PasswordChangeView):
    """The old password, and the new one twice."""

    template_name = "shop/password.html"
    success_url = reverse_lazy("shop:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so."""
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


@sensitive_post_parameters("password1", "password2")
@never_cache
@forms_only
def sign_up(request: HttpRequest) -> HttpResponse:
    """A new account, logged in at once."""
    if customer(request):
        return redirect("shop:account")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.save())
        messages.success(request, _("Welcome! Your account is ready."))
        return back(request, "shop:account")
    return render(request, "shop/signup.html", {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")})


@login_required
@never_cache
@forms_only
def account(request: HttpRequest) -> HttpResponse:
    """Her details; the language she chooses is the page's from now on."""
    hers = customer(request)
    form = AccountForm(request.POST or None, instance=hers)
    if request.method != "POST" or not form.is_valid():
        return render(request, "shop/account.html", {"form": form, "wished": wishes_of(hers)})
    user = form.save()
    messages.success(request, _("Your details are saved."))
    answer = redirect("shop:account")
    if user.language:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=request.is_secure())
    return answer
