from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from segmentation.models import Profile, Segment
from segmentation.testing import make_segment
from tests.admin.conftest import break_segment, filled, form_of, told, url

LIST = "segment_changelist"


def cells(response: object, name: str) -> list[str]:
    """The texts of one column, without markup."""
    admin = response.context["cl"].model_admin  # type: ignore[attr-defined]
    rows = response.context["cl"].result_list  # type: ignore[attr-defined]
    return [str(getattr(admin, name)(row)) for row in rows]


def names(response: object) -> list[str]:
    return [segment.name for segment in response.context["cl"].result_list]  # type: ignore[attr-defined]


# The list


def test_the_list_shows_size_and_share(admin: Client, buyers: Segment, loyal: Segment) -> None:
    make_segment("draft", "orders.count() = 0", name="Zero", state="draft")
    response = admin.get(url(LIST))
    assert names(response) == ["Buyers", "Loyal", "Zero"]
    assert cells(response, "size_shown") == ["3", "1", "-"]
    assert cells(response, "share_shown") == ["100.0%", "33.3%", "-"]
    assert cells(response, "state_shown") == ["live", "live", "draft"]


def test_a_broken_segment_is_plain_to_see(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    (shown,) = cells(admin.get(url(LIST)), "state_shown")
    assert shown == ('<strong class="regulars-broken"><img src="/static/admin/img/icon-alert.svg" alt=""> broken</strong>')


def test_the_list_is_filtered_searched_and_sorted(admin: Client, buyers: Segment, loyal: Segment) -> None:
    make_segment("later", "orders.count() = 0", name="Another", state="draft")
    assert names(admin.get(url(LIST), {"state__exact": "draft"})) == ["Another"]
    assert names(admin.get(url(LIST), {"q": "LOY"})) == ["Loyal"]
    assert names(admin.get(url(LIST), {"q": "later"})) == ["Another"]
    assert names(admin.get(url(LIST), {"o": "-4.1", "state__exact": "live"})) == ["Buyers", "Loyal"]
    assert names(admin.get(url(LIST), {"o": "4.1", "state__exact": "live"})) == ["Loyal", "Buyers"]


def test_segments_and_people_of_another_shop_are_not_there(admin: Client, buyers: Segment) -> None:
    stranger = Segment.objects.create(shop="other", slug="theirs", name="Theirs", definition=buyers.definition)
    Profile.objects.create(shop="other", key="user:1", kind="user", customer_id="1", created_at=timezone.now())
    response = admin.get(url(LIST))
    assert names(response) == ["Buyers"]
    assert cells(response, "share_shown") == ["100.0%"]
    assert admin.get(url("segment_change", stranger.pk)).status_code == 302


def test_a_longer_list_costs_no_more_queries(admin: Client, buyers: Segment) -> None:
    with CaptureQueriesContext(connection) as few:
        admin.get(url(LIST))
    for number in range(20):
        make_segment(f"more-{number}", "orders.count() = 0")
    with CaptureQueriesContext(connection) as many:
        assert len(names(admin.get(url(LIST)))) == 21
    assert len(few) == len(many) <= 6


# One segment


def test_the_page_shows_the_definition_as_text_and_in_words(admin: Client, loyal: Segment) -> None:
    response = admin.get(url("segment_change", loyal.pk))
    form = response.context["adminform"].form
    assert form.initial["rule_text"] == "orders.count() >= 3"
    assert "Customers who match: at least 3 orders." in response.content.decode()
    tools = [(tool.text, tool.address) for tool in response.context["tools"]]
    assert tools[:3] == [
        ("Members (1)", f"{url('membership_changelist')}?segment__id__exact={loyal.pk}"),
        ("Journal", f"{url('journalentry_changelist')}?segment__id__exact={loyal.pk}"),
        ("By hand", f"{url('override_changelist')}?segment__id__exact={loyal.pk}"),
    ]


def test_a_broken_segment_says_why_and_offers_to_be_live(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    response = admin.get(url("segment_change", buyers.pk))
    page = response.content.decode()
    assert "This segment is broken and keeps the members it had: /rules/0/field: unknown fact customer.shoe_size" in page
    assert response.context["adminform"].form.initial["state"] == "live"
    assert '<option value="broken"' not in page


def test_a_definition_that_cannot_be_read_is_shown_as_json(admin: Client, buyers: Segment) -> None:
    Segment.objects.filter(pk=buyers.pk).update(definition={"version": 9})
    response = admin.get(url("segment_change", buyers.pk))
    assert response.context["adminform"].form.initial["rule_text"] == '{\n  "version": 9\n}'
    assert "cannot be read as a rule" in response.content.decode()
    assert "At /version: unknown version: this release knows 1" in response.content.decode()


def test_what_an_owner_wrote_is_escaped(admin: Client, people: None) -> None:
    segment = make_segment("odd", 'customer.country = "<script>"', name="<b>odd</b>")
    page = admin.get(url("segment_change", segment.pk)).content.decode()
    assert "<b>odd</b>" not in page
    assert '"<script>"' not in page
    assert "&lt;b&gt;odd&lt;/b&gt;" in page


def test_no_page_has_inline_scripts_or_styles(admin: Client, buyers: Segment) -> None:
    for address in (url("segment_change", buyers.pk), url("segment_add"), url(LIST)):
        page = admin.get(address).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page


# Permissions


def test_who_may_look_may_not_change(staff: Callable[..., Client], loyal: Segment) -> None:
    browser = staff("view_segment")
    response = browser.get(url("segment_change", loyal.pk))
    page = response.content.decode()
    assert "orders.count() &gt;= 3" in page
    assert "<textarea" not in page
    assert "_preview" not in page
    assert [table.name for table in response.context["tables"]] == ["uses", "versions"]
    assert browser.post(url("segment_change", loyal.pk), form_of(loyal, name="Mine")).status_code == 403
    assert browser.post(url("segment_change", loyal.pk), form_of(loyal, _preview="1")).status_code == 403
    assert browser.get(url("segment_add")).status_code == 403
    loyal.refresh_from_db()
    assert loyal.name == "Loyal"


def test_who_may_not_look_sees_nothing(staff: Callable[..., Client], loyal: Segment) -> None:
    browser = staff()
    assert browser.get(url(LIST)).status_code == 403
    assert browser.get(url("segment_change", loyal.pk)).status_code == 403


def test_a_stranger_is_sent_to_the_login(client: Client, loyal: Segment) -> None:
    response = client.get(url("segment_change", loyal.pk))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_refreshing_needs_the_right_to_change(staff: Callable[..., Client], loyal: Segment) -> None:
    browser = staff("view_segment")
    page = browser.get(url(LIST)).content.decode()
    assert "refresh_selected" not in page


# The action


@pytest.mark.django_db(transaction=True)
def test_the_chosen_are_refreshed(admin: Client, people: None) -> None:
    buyers, loyal = make_segment("buyers", "orders.count() >= 1", name="Buyers"), filled("loyal", "orders.count() >= 3")
    draft = make_segment("draft", "orders.count() = 0", state="draft")
    data = {"action": "refresh_selected", "_selected_action": [buyers.pk, draft.pk]}
    response = admin.post(url(LIST), data, follow=True)
    assert told(response) == [
        ("warning", "Drafts and archived segments have no members, so they are not refreshed."),
        ("success", "“Buyers” has 3 members: 3 entered, 0 left."),
    ]
    before = loyal.refreshed_at
    loyal.refresh_from_db()
    assert loyal.refreshed_at == before


def test_a_draft_alone_refreshes_nothing(admin: Client, people: None) -> None:
    draft = make_segment("draft", "orders.count() = 0", state="draft")
    response = admin.post(url(LIST), {"action": "refresh_selected", "_selected_action": [draft.pk]}, follow=True)
    assert told(response) == [("warning", "Drafts and archived segments have no members, so they are not refreshed.")]


def test_what_the_last_refresh_found_stands_on_the_page(admin: Client, people: None) -> None:
    segment = filled("polish", 'customer.country = "PL"')
    note = 'In “customer.country = "PL"” (/rules/0): "PL" stands in no row: customer.country is "FR", "GB"'

    page = admin.get(url("segment_change", segment.pk))
    assert page.context["note"] == note
    assert f"The last refresh found: {escape(note)}" in page.content.decode()
    assert admin.get(url("segment_add")).context["note"] == ""
    break_segment(segment)
    assert admin.get(url("segment_change", segment.pk)).context["note"] == ""
