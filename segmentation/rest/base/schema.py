"""The OpenAPI document of our views, and of nobody else's, whatever a shop's SPECTACULAR_SETTINGS say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from inspect import isclass
from threading import Lock
from typing import Any, TypeVar

from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import _load_enum_name_overrides
from drf_spectacular.settings import SPECTACULAR_DEFAULTS, patched_settings
from drf_spectacular.utils import OpenApiExample, extend_schema

from segmentation.errors import ConfigurationError
from segmentation.rest.base.answers import COMPONENTS, complete
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.versions import CURRENT

Described = TypeVar("Described")

TAGS: Mapping[str, str] = {
    "segments": "Segments, their members and versions, previews of rules, how things stand. For staff.",
    "facts": "What a rule may ask about. For staff.",
    "presets": "Ready-made segments. For staff.",
    "profiles": "People: what they are in, why, what happened. For staff.",
    "imports": "Rows that a shop elsewhere pushes. For machines.",
    "content": "Slots and variants. For staff.",
    "recommendations": "Recommenders, previews, pins and exclusions, what came of them. For staff.",
    "front": "What a storefront asks and tells for its visitor.",
    "schema": "This document.",
}

ENUMS: dict[str, Any] = {}
"""Name of a set of choices in the document -> the choices. Rooms that have some add them by `name_enums`."""

SETTINGS: Mapping[str, Any] = {
    **{
        name: value
        for name, value in SPECTACULAR_DEFAULTS.items()
        if not name.startswith("SERVE_") and name != "DEFAULT_GENERATOR_CLASS"
    },
    "OAS_VERSION": "3.1.0",
    "TITLE": "Regulars",
    "DESCRIPTION": "Segments and personalization of a shop: for its staff, for machines, and for headless storefronts.",
    "VERSION": CURRENT,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": ENUMS,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "APPEND_COMPONENTS": COMPONENTS,
    "TAGS": [{"name": name, "description": words} for name, words in TAGS.items()],
}

_building = Lock()


def name_enums(**named: Any) -> None:
    """Call sets of choices by these names in the document, whatever fields they stand in: `SlotKind=Slot.Kind.choices`."""
    ENUMS.update(named)


def described(**told: Any) -> Callable[[Described], Described]:
    """`drf_spectacular.utils.extend_schema` for a view or a method of ours: it does not ask for a shop's DEFAULT_SCHEMA_CLASS.

    Above `@action`, not below.
    """

    def describe(what: Described) -> Described:
        if not isclass(what):
            what.__dict__.setdefault("kwargs", {}).setdefault("schema", Schema)
        decorated: Described = extend_schema(**told)(what)  # type: ignore[type-var]
        return decorated

    return describe


class Schema(AutoSchema):
    """As drf-spectacular reads views, with the answers that all of ours may give."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Any:
        """With what all operations have in common."""
        operation = super().get_operation(path, path_regex, path_prefix, method, registry)
        if operation is not None:
            complete(operation, path, method, self.view)
        return operation

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        mapped = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if direction == "request" and isinstance(serializer, Strict):
            mapped["additionalProperties"] = False
        return mapped


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a machine shows who it is."""

    target_class = "segmentation.rest.base.tokens.Bearer"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Of OpenAPI."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "rgs_…", "description": "An API token of the admin."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a browser does; its name for the cookie is Django's, whatever the shop's is."""

    target_class = "segmentation.rest.base.defaults.Session"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Of OpenAPI."""
        said = "Django's session. What changes something needs the CSRF token in the header X-CSRFToken too."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": said}


class Ours(EndpointEnumerator):
    """Endpoints of our views."""

    def should_include_endpoint(self, path: str, callback: Any) -> bool:
        """Whether it is one."""
        schema = getattr(getattr(callback, "cls", None), "schema", None)
        return isinstance(schema, Schema) and bool(super().should_include_endpoint(path, callback))


class Generator(SchemaGenerator):
    """Of them, wherever the shop mounted them."""

    endpoint_inspector_cls = Ours

    def create_view(self, callback: Any, method: str, request: Any = None) -> Any:
        """A version that stands in a header changes no path, so drf-spectacular need not know it."""
        view = super().create_view(callback, method, request)  # type: ignore[no-untyped-call]
        view.versioning_class = None
        if not isinstance(view.schema, Schema):
            raise ConfigurationError(f"{callback.cls.__name__}: describe it by segmentation.rest.base.schema.described")
        return view


@lru_cache(maxsize=4)
def document(urlconf: str | None = None) -> dict[str, Any]:
    """The whole of it, in English, as these addresses have it; made once a process, for addresses do not change."""
    # The settings of drf-spectacular are the process's, so they are ours for a moment.
    with _building, patched_settings(dict(SETTINGS)), translation.override("en"):
        generator: Any = Generator
        # Nor does ours go by names of choices that it remembers of the shop's own document, or the shop's by ours.
        _load_enum_name_overrides.cache_clear()
        try:
            made: dict[str, Any] = generator(urlconf=urlconf).get_schema(request=None, public=True)
        finally:
            _load_enum_name_overrides.cache_clear()
    return made


__all__ = ["Generator", "OpenApiExample", "Schema", "described", "document", "name_enums"]
