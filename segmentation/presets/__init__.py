"""Ready-made segments, one file a family."""

from segmentation.presets.adding import Added, add, add_all, add_named
from segmentation.presets.catalogue import FAMILIES, PRESETS, lacks, preset_called
from segmentation.presets.preset import Parameter, Preset, PresetFamily

__all__ = [
    "FAMILIES",
    "PRESETS",
    "Added",
    "Parameter",
    "Preset",
    "PresetFamily",
    "add",
    "add_all",
    "add_named",
    "lacks",
    "preset_called",
]
