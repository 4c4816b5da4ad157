"""Every message has its translation in every language, with the same words to fill in, and shops get what translators wrote."""

from __future__ import annotations

import gettext
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest

from tests.project.messages import APP, APPS, LANGUAGES, gather, problem_templates

OFTEN = 2
"""A plural form for at most so many numbers may leave the number out, as gettext's own check allows: "a day", "yesterday"."""

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")


CATALOGUES = [pytest.param(app, language, id=f"{app.name}-{language}") for app in APPS for language in LANGUAGES]


def catalogue(app: Path, language: str, suffix: str = "po") -> Path:
    """The file of a language, as translators or as Django read it."""
    return app / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


@pytest.fixture(params=[param.values for param in CATALOGUES], ids=[param.id for param in CATALOGUES])
def po(request) -> polib.POFile:
    """Each app's catalogue of each language."""
    return polib.pofile(str(catalogue(*request.param)))


def texts(entry: polib.POEntry) -> list[str]:
    """The translation, or all of its plural forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def plural_of(po: polib.POFile):
    """Number -> its plural form in the language."""
    return gettext.c2py(po.metadata["Plural-Forms"].partition("plural=")[2].rstrip(";"))


def rare_forms(po: polib.POFile) -> set[int]:
    """Plural forms that stand for very few whole numbers."""
    plural = plural_of(po)
    forms = Counter(plural(number) for number in range(1000))
    return {form for form, numbers in forms.items() if numbers <= OFTEN}


def faults(po: polib.POFile) -> Iterator[str]:
    """Messages whose translation has other words to fill in."""
    rare = rare_forms(po)
    for entry in po:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for form, text in enumerate(texts(entry)):
            found = set(PLACEHOLDER.findall(text))
            may_miss = 1 if entry.msgid_plural and form in rare else 0
            if found - wanted or len(wanted - found) > may_miss:
                yield f"{entry.msgid} -> {text}"


def test_every_message_is_translated(po):
    assert [entry.msgid for entry in po if not all(texts(entry))] == []


def test_every_plural_form_is_there(po):
    forms = {plural_of(po)(number) for number in range(1000)}
    assert [entry.msgid for entry in po if entry.msgid_plural and not forms <= set(entry.msgstr_plural)] == []


def test_no_translation_is_a_guess(po):
    assert [entry.msgid for entry in po if entry.fuzzy or entry.obsolete] == []


def test_translations_fill_in_the_same_words(po):
    assert list(faults(po)) == []


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_what_is_compiled_is_what_was_written(app, language):
    written = {(entry.msgctxt, entry.msgid): texts(entry) for entry in polib.pofile(str(catalogue(app, language)))}
    compiled = {(entry.msgctxt, entry.msgid): texts(entry) for entry in polib.mofile(str(catalogue(app, language, "mo")))}
    assert compiled == written


def said_twice(language: str, *others: Path) -> list[str]:
    """Messages that an app of ours says otherwise than another app's catalogue."""
    ours = [catalogue(app, language, "mo") for app in APPS if app.name != "shopdemo"]
    said: dict[tuple[str | None, str], set[tuple[str, ...]]] = {}
    for path in (*ours, *others):
        for entry in polib.mofile(str(path)):
            said.setdefault((entry.msgctxt, entry.msgid), set()).add(tuple(texts(entry)))
    mine = {(entry.msgctxt, entry.msgid) for path in ours for entry in polib.mofile(str(path))}
    return sorted(msgid for (context, msgid), ways in said.items() if len(ways) > 1 and (context, msgid) in mine)


@pytest.mark.parametrize("language", LANGUAGES)
def test_apps_say_the_same_alike(language):
    # Django asks the app that stands first; what means something else needs a context.
    assert said_twice(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_django_itself_is_changed(language):
    # An app's catalogue comes before Django's own, whose words are those of the shop's forms and dates.
    own = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.mo"
    assert said_twice(language, own) == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gathering messages needs the gettext tools")
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_message_of_the_source_is_missing(tmp_path, app):
    copy = tmp_path / app.name
    shutil.copytree(app, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "data"))
    gather(copy)
    for language in LANGUAGES:
        kept, found = polib.pofile(str(catalogue(app, language))), polib.pofile(str(catalogue(copy, language)))
        assert {(entry.msgctxt, entry.msgid) for entry in found} == {(entry.msgctxt, entry.msgid) for entry in kept}


def test_problems_of_rules_are_gathered_from_the_source():
    templates = problem_templates(APP)
    spelled_out = {
        "unknown key %(key)s",
        "there is no segment called %(name)s; did you mean %(meant)s?",
        "%(word)s takes no number",
        "%(name)s is personal: it is never kept, and so never asked",
        "which row is it? nth begins with its number",
        "inside where, only columns of the row can be asked",
    }
    assert spelled_out <= set(templates)
