"""From the setting to the shop's source: the dotted path is resolved here and nowhere else."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import import_string

from segmentation.conf import conf
from segmentation.errors import ConfigurationError, SourceError
from segmentation.sources.base import ShopSource


def active_source() -> ShopSource:
    """The source that the settings name.

    ConfigurationError if none is named or it cannot be imported, SourceError if it is no ShopSource subclass.
    """
    path = conf.source
    if not path:
        raise ConfigurationError('SEGMENTATION["SOURCE"] is not set: name your ShopSource subclass, "myshop.segments.Shop"')
    if not isinstance(path, str):
        raise ConfigurationError(f'SEGMENTATION["SOURCE"] is a {type(path).__name__}; it must be a dotted path')
    return _source(path)


@cache
def _source(path: str) -> ShopSource:
    try:
        found = import_string(path)
    except Exception as error:  # importing runs the shop's own module
        message = f'SEGMENTATION["SOURCE"] = "{path}" cannot be imported: {type(error).__name__}: {error}'
        raise ConfigurationError(message) from error
    if not (isinstance(found, type) and issubclass(found, ShopSource)):
        raise SourceError(f'SEGMENTATION["SOURCE"] = "{path}" is no subclass of segmentation.sources.ShopSource')
    return found()
