"""From trees and a catalogue to one shared plan. Whatever a rule gets wrong is found, with its place."""

from segmentation.engine.bind.measured import COUNTED, measured_fact
from segmentation.engine.bind.rules import ALONE, Others, bind, bind_each

__all__ = ["ALONE", "COUNTED", "Others", "bind", "bind_each", "measured_fact"]
