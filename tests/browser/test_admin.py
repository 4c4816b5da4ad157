from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Response, expect

from segmentation.models import Membership, Profile, Segment, SegmentVersion
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import User
from tests.admin.conftest import break_segment, people  # noqa: F401
from tests.browser.policy import STRICT, directives

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def go(page: Page, live_server: Any, people: None) -> Callable[..., None]:  # noqa: F811
    """Logs the owner in, then opens an admin page of ours by name."""
    User.objects.create_superuser("owner@shop.test", "secret", first_name="Olga")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("E-mail address").fill("owner@shop.test")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text("Olga")

    def open_page(name: str, *args: Any, **query: Any) -> None:
        address = reverse(f"admin:regulars_segmentation_{name}", args=args)
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        page.goto(f"{live_server.url}{address}?{asked}")

    return open_page


def test_an_owner_writes_corrects_previews_and_saves_a_segment(page: Page, go: Callable[..., None]) -> None:
    refresh_now()
    go("segment_add")
    page.get_by_label("Name:").press_sequentially("Big spenders")
    expect(page.get_by_label("Slug:")).to_have_value("big-spenders")
    page.get_by_label("State:").select_option("live")
    page.get_by_label("Definition:").fill("orders.count() >= 1\nand spend.sum(amount >= 100")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-rule_text .errorlist li")).to_have_text(
        re.compile(r"^Line 2, column 22: '>=' is not expected here")
    )
    expect(page.get_by_label("Definition:")).to_have_value("orders.count() >= 1\nand spend.sum(amount >= 100")
    expect(page.get_by_label("State:")).to_have_value("live")

    page.get_by_label("Definition:").fill("orders.count() >= 1\nand spend.sum(amount) >= 100")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("1 person is in (33.3%)")
    assert not Segment.objects.exists()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("ul.messagelist")).to_contain_text("“Big spenders” has 1 member: 1 entered, 0 left.")
    segment = Segment.objects.get(slug="big-spenders")
    assert (segment.state, segment.size, segment.version) == ("live", 1, 1)


def test_a_broken_segment_is_mended(page: Page, go: Callable[..., None]) -> None:
    segment = make_segment("buyers", "orders.count() >= 1", name="Buyers")
    refresh_now()
    break_segment(segment)
    go("segment_changelist")
    expect(page.locator("#result_list .field-state_shown")).to_have_text("broken")
    page.get_by_role("link", name="Buyers").click()
    expect(page.locator("#broken")).to_contain_text("unknown fact customer.shoe_size")
    expect(page.get_by_label("State:")).to_have_value("live")
    page.get_by_label("Definition:").fill("orders.count() >= 3")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator("#broken")).to_have_count(0)
    expect(page.locator(".field-state_shown .readonly")).to_have_text("live")
    assert SegmentVersion.objects.filter(segment=segment).count() == 2


def test_from_a_segment_to_a_member_to_the_reason_to_the_owners_word(page: Page, go: Callable[..., None]) -> None:
    loyal = make_segment("loyal", "orders.count() >= 3", name="Loyal")
    refresh_now()
    go("segment_change", loyal.pk)
    page.get_by_role("link", name="Members (1)").click()
    page.get_by_role("link", name="Why?").click()
    row = page.locator("#conditions tbody tr")
    expect(row.locator("th, td")).to_have_text(["at least 3 orders", "true", "3", "3", re.compile(r"^A\d, A\d, A\d$")])
    page.get_by_label("Never in, whatever the rule says").check()
    page.get_by_label("Reason:").fill("Moved away")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#answer")).to_contain_text("Not in")
    expect(page.locator("#word")).to_contain_text("Today: never in. Said by owner@shop.test")
    assert not Membership.objects.filter(segment=loyal).exists()


def test_the_list_refreshes_what_is_ticked(page: Page, go: Callable[..., None]) -> None:
    make_segment("buyers", "orders.count() >= 1", name="Buyers")
    go("segment_changelist")
    page.locator("#result_list .action-select").check()
    page.get_by_label("Action:").select_option("refresh_selected")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("ul.messagelist li")).to_have_text("“Buyers” has 3 members: 3 entered, 0 left.")


@pytest.fixture
def every_page(go: Callable[..., None]) -> list[tuple[Any, ...]]:
    """Each page of ours, with something on it."""
    buyers = make_segment("buyers", "orders.count() >= 1 and orders.sum(total, last 365 days) >= 1", name="Buyers")
    odd = make_segment("odd", "orders.count() >= 1", name="Odd")
    refresh_now()
    break_segment(odd)
    guest = Profile.objects.get(kind="guest")
    lists = ("segment", "membership", "profile", "journalentry", "override", "refreshrun")
    return [
        *((f"{name}_changelist",) for name in lists),
        ("segment_add",),
        ("segment_change", buyers.pk),
        ("segment_change", odd.pk),
        ("segment_delete", buyers.pk),
        ("profile_change", guest.pk),
        ("profile_why", guest.pk, buyers.pk),
        ("profile_why", guest.pk, odd.pk),
    ]


@pytest.mark.parametrize("width", [400, 1280])
def test_no_page_is_wider_than_the_screen(
    page: Page, go: Callable[..., None], every_page: list[tuple[Any, ...]], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name, *args in every_page:
        go(name, *args)
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)


def test_every_page_keeps_a_strict_content_security_policy(
    page: Page, go: Callable[..., None], every_page: list[tuple[Any, ...]]
) -> None:
    said: list[str] = []
    policies: set[frozenset[str]] = set()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda response: policies.add(policy_of(response)) if is_page(response) else None)
    for name, *args in every_page:
        go(name, *args)
        expect(page.locator("#content")).to_be_visible()
    go("segment_add")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".field-rule_text .errorlist")).to_have_text("This field is required.")
    assert said == []
    assert policies == {STRICT}


def policy_of(response: Response) -> frozenset[str]:
    return directives(response.headers.get("content-security-policy"))


def is_page(response: Response) -> bool:
    return response.request.is_navigation_request() and response.ok


def test_the_policy_would_be_noticed(page: Page, live_server: Any) -> None:
    """The test above can fail: a page with an inline style is told of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.type))
    page.route(
        "**/odd/",
        lambda route: route.fulfill(
            body="<p style='color: red'>x</p>", content_type="text/html", headers={"content-security-policy": "; ".join(STRICT)}
        ),
    )
    page.goto(f"{live_server.url}/odd/")
    assert said == ["error"]
