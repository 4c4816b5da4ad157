"""The form of a segment: its definition as text, checked whole before anything is stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from segmentation.admin.definitions import Written, read, written
from segmentation.admin.problems import messages_of
from segmentation.conf import conf
from segmentation.errors import RegularsError, RuleError, SegmentError
from segmentation.membership.define import sound
from segmentation.membership.references import demand_unused, hold_still
from segmentation.models import Segment
from segmentation.rules import Rule, load

SELECTABLE = [(state.value, state.label) for state in (Segment.State.DRAFT, Segment.State.LIVE, Segment.State.ARCHIVED)]
"""States an owner chooses from: a segment breaks, nobody breaks it by hand."""

UNANSWERED = (Segment.State.DRAFT, Segment.State.ARCHIVED)


class RuleTextField(forms.CharField):
    """Many lines, kept as they were typed, so that a problem's line and column are those of the field."""

    widget = AdminTextareaWidget(
        attrs={
            "rows": 6,
            "spellcheck": "false",
            "autocapitalize": "off",
            "autocomplete": "off",
            "class": "vLargeTextField rule-text",
        }
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Browsers send lines that end in CR LF."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class SegmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Valid only with a rule that can be asked; `cleaned_data["rule"]` is the rule, ready to be stored."""

    previewing = False
    """Set where the form only asks what the rule would take in: it is never valid then, and judges the rule alone."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=SELECTABLE,
        help_text=_("Only live segments have members: saving one as a draft, or archiving it, empties it."),
    )
    rule_text = RuleTextField(
        label=_("Definition"),
        help_text=_('For example: orders.count(last 90 days) >= 3 and customer.country in ("FR", "PL")'),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """When the segment that the form shows was last changed, to the microsecond: another owner's change is not undone unread."""

    class Meta:
        model = Segment
        fields = ("name", "slug", "description", "state", "is_published")
        widgets = {"description": AdminTextareaWidget(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = Written("")
        segment = self.instance
        if segment.pk is None:
            segment.shop = conf.shop
            return
        if segment.state == Segment.State.BROKEN:
            self.initial["state"] = Segment.State.LIVE
        self.initial["seen"] = segment.updated_at.isoformat()
        self.stored = written(segment.definition)
        self.initial["rule_text"] = self.stored.text

    def full_clean(self) -> None:
        """As ever; a preview forgives what does not concern the rule."""
        super().full_clean()
        if self.previewing and self.is_bound:
            for name in set(self.errors) - {"rule_text"}:
                del self.errors[name]

    def is_valid(self) -> bool:
        """A preview is never saved."""
        return super().is_valid() and not self.previewing

    def clean_slug(self) -> str:
        """One segment of a shop has a slug."""
        slug: str = self.cleaned_data["slug"]
        if Segment.objects.filter(shop=conf.shop, slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another segment has this slug."), code="unique")
        return slug

    def clean(self) -> dict[str, Any]:
        """Reads the rule; whatever is wrong with it stands beside the text."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and not self.previewing:
            self._demand_unchanged(cleaned.get("seen"))
        self._keep_faith(cleaned)
        if "rule_text" in cleaned:
            try:
                cleaned["rule"] = self._kept() or self._read(cleaned["rule_text"])
            except forms.ValidationError as error:
                self.add_error("rule_text", error)
        return cleaned

    def _demand_unchanged(self, seen: str | None) -> None:
        """Of two owners who save at once the second is asked to look; a browser that says nothing of what it saw is believed."""
        hold_still(self.instance.shop)  # until this one is saved
        stored = Segment.objects.get(pk=self.instance.pk)
        if seen and seen != stored.updated_at.isoformat():
            said = _(
                "Somebody else changed this segment since you opened it (it is version %(version)d now). Open it anew to see what"
                " it is, and make your change again."
            )
            raise forms.ValidationError(said, code="changed", params={"version": stored.version})

    def _keep_faith(self, cleaned: dict[str, Any]) -> None:
        """Others refer to a segment by its slug, and to its members."""
        taken = {"slug": "slug" in self.changed_data, "state": cleaned.get("state") in UNANSWERED}
        field = next((name for name, is_taken in taken.items() if is_taken), None)
        if self.instance.pk is None or field is None:
            return
        try:
            demand_unused([Segment.objects.get(pk=self.instance.pk)])
        except SegmentError as error:
            self.add_error(field, forms.ValidationError(str(error), code="used"))

    def _kept(self) -> Rule | None:
        """The stored rule, asked no questions, where it stays and nobody will ask it: a broken segment can be archived."""
        if self.instance.pk is None or "rule_text" in self.changed_data or self.cleaned_data.get("state") not in UNANSWERED:
            return None
        try:
            return load(self.instance.definition)
        except RuleError:
            return None

    def _read(self, text: str) -> Rule:
        rule = None
        try:
            rule = read(text)
            return sound(rule, self.cleaned_data.get("slug", ""))
        except RuleError as error:
            raise forms.ValidationError(messages_of(error, rule), code="rule") from error
        except RegularsError as error:
            problem = forms.ValidationError(_("The shop cannot be asked: %(problem)s"), code="shop", params={"problem": error})
            raise problem from error
