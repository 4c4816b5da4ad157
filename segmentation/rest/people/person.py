"""What the resources of one person have in common."""

from __future__ import annotations

from functools import cached_property

from segmentation.models import Profile
from segmentation.rest.base.rights import IsStaff, NamedRights
from segmentation.rest.base.views import StaffViewSet
from segmentation.rest.people.keys import profile_with


class PersonViewSet(StaffViewSet):
    """A resource of the person whose key stands in the address: who may see the person may see it, as in the admin.

    `rights` says so of each action; those of the model are not asked.
    """

    permission_classes = [IsStaff, NamedRights]

    @cached_property
    def profile(self) -> Profile:
        """The person. Raises Http404 if there is none of the shop."""
        return profile_with(self.kwargs["key"])
