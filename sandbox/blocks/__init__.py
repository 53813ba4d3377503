"""Block Kit: the one table of limits, the walker that applies it, and finding elements again."""

from sandbox.blocks.check import check_blocks, check_view
from sandbox.blocks.find import elements_of, fill_in_ids, find_element, stateful_elements

__all__ = [
    "check_blocks",
    "check_view",
    "elements_of",
    "fill_in_ids",
    "find_element",
    "stateful_elements",
]
