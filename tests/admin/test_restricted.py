from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import Client, RequestFactory

from segmentation.admin.restricted import may_see
from segmentation.errors import RuleError
from segmentation.membership.restricted import VIEW_RESTRICTED, restricted_conditions
from segmentation.models import Segment
from segmentation.testing import make_segment
from shopdemo.shop.models import User


def test_the_permission_is_there(db: None) -> None:
    label, _, codename = VIEW_RESTRICTED.partition(".")
    found = Permission.objects.get(content_type__app_label=label, codename=codename)
    assert found.name == "Can see birth dates and other restricted facts"


def test_who_may_see(owner: User, staff: Callable[..., Client]) -> None:
    staff("view_profile")
    request = RequestFactory().get("/")
    for user, sees in ((owner, True), (User.objects.get(email="staff@shop.test"), False), (AnonymousUser(), False)):
        request.user = user
        assert may_see(request) is sees


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        ('customer.country = "FR" and orders.count() > 1', set()),
        ('customer.city = "Leeds"', {"/rules/0"}),
        ('customer.country = "FR" and (customer.age >= 18 or customer.gender = "f")', {"/rules/1/rules/0", "/rules/1/rules/1"}),
    ],
)
def test_conditions_that_show_something_restricted(db: None, rule: str, paths: set[str]) -> None:
    assert restricted_conditions(make_segment("any", rule)) == paths


def test_a_definition_that_cannot_be_read() -> None:
    with pytest.raises(RuleError):
        restricted_conditions(Segment(definition={}))
