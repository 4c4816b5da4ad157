from __future__ import annotations

from django.test import Client

from personalization.models import FailedEvent
from tests.cast import NOW, ago
from tests.personalization.admin.conftest import url


def test_they_are_listed_and_never_changed(admin: Client) -> None:
    rows = [
        FailedEvent(at=ago(1), reason="invalid", pointer="/product", detail="Expected `str`, got `int`", event='{"product": 7}'),
        FailedEvent(at=NOW, reason="unknown-kind", pointer="/kind", detail="There is no such kind of event.", event="<b>"),
        FailedEvent(at=NOW, reason="invalid", shop="elsewhere"),
    ]
    FailedEvent.objects.bulk_create(rows)
    response = admin.get(url("failedevent_changelist"))
    assert [row.reason for row in response.context["cl"].result_list] == ["unknown-kind", "invalid"]
    page = admin.get(url("failedevent_change", FailedEvent.objects.get(pointer="/kind").pk))
    assert "&lt;b&gt;" in page.content.decode()
    assert admin.post(url("failedevent_change", FailedEvent.objects.first().pk), {"reason": "x"}).status_code == 403
    assert admin.get(url("failedevent_add")).status_code == 403


def test_whoever_may_not_see_them_does_not(client: Client, owner: object) -> None:
    assert client.get(url("failedevent_changelist")).status_code == 302
