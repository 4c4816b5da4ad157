from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import Lease
from tests.cast import NOW


def test_a_lease_goes_by_its_name():
    assert str(Lease(name="refresh:default")) == "refresh:default"


@pytest.mark.django_db
def test_a_name_has_one_lease():
    assert Lease.objects.create(name="refresh:default", expires_at=NOW).token == 0

    with pytest.raises(IntegrityError), transaction.atomic():
        Lease.objects.bulk_create([Lease(name="refresh:default", expires_at=NOW)])
