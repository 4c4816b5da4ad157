"""What only this shop knows of its customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords

WORDS = FamilyWords(Family.OWN, _("The shop's own"), _("What only this shop knows of its customers."))
