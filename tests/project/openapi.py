"""`python -m tests.project.openapi`: the OpenAPI document of the demo, into docs/openapi.json."""

from __future__ import annotations

import json
import os
from pathlib import Path

PATH = Path(__file__).parents[2] / "docs" / "openapi.json"


def text() -> str:
    """As it is checked in."""
    from segmentation.rest.base.schema import document

    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    PATH.write_text(text())
