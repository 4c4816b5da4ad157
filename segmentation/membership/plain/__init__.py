"""What is known as plain data: the JSON of commands and of REST, which is the same word for word.

Times are aware datetimes: whoever writes JSON spells them.
"""

from segmentation.membership.plain.explanation import plain_explanation
from segmentation.membership.plain.previewed import plain_preview
from segmentation.membership.plain.segment import listed_segment, shown_segment
from segmentation.membership.plain.standing import plain_status
from segmentation.membership.plain.version import plain_version

__all__ = ["listed_segment", "plain_explanation", "plain_preview", "plain_status", "plain_version", "shown_segment"]
