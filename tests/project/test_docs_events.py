"""docs/events.md is what the collector does."""

from __future__ import annotations

import re
from pathlib import Path

from personalization.collecting.event import KINDS, SERVER_ONLY, Event
from personalization.conf import conf
from personalization.rest import checks

TEXT = (Path(__file__).parents[2] / "docs" / "events.md").read_text()


def test_every_kind_stands_in_the_table_with_what_it_needs_and_says() -> None:
    rows = {row[0]: row[1:] for row in re.findall(r"^\| (`[a-z_`, ]+`) \|([^|]*)\|([^|]*)\|$", TEXT, re.MULTILINE)}
    told = {kind: words for names, words in rows.items() for kind in re.findall(r"[a-z_]+", names)}
    assert set(KINDS) <= set(told)
    for kind, says in KINDS.items():
        needs, may = (set(re.findall(r"`([a-z]+)`", cell)) for cell in told[kind])
        assert needs == {*says.all_of, *says.needs}, kind
        fields = set(Event.__struct_fields__)
        assert (needs | may) & fields <= says.takes, kind
    assert SERVER_ONLY.isdisjoint(KINDS)


def test_every_setting_and_check_of_it_is_documented() -> None:
    given = {"EVENT_KINDS": [], "EVENTS_RATE": conf.events_rate, "FAILED_EVENT_DAYS": conf.failed_event_days}
    for name, value in given.items():
        assert f'"{name}": {value}' in TEXT
    assert f'"EVENTS_NETWORK_RATE": {conf.events_network_rate:_}' in TEXT
    ids = set(re.findall(r"personalization\.E\d{3}", Path(checks.__file__).read_text()))
    assert ids <= set(re.findall(r"personalization\.E\d{3}", TEXT))


def test_every_code_of_a_failed_event_is_documented() -> None:
    room = Path(__file__).parents[2] / "personalization" / "collecting"
    source = "".join((room / f"{name}.py").read_text() for name in ("event", "wrong", "taking"))
    codes = set(re.findall(r', "([a-z]+(?:-[a-z]+)*)"\)', source))
    assert codes
    assert [code for code in sorted(codes) if f"`{code}`" not in TEXT] == []
