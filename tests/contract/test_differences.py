"""The table of differences is kept honest."""

from pathlib import Path

import pytest

from tests.contract.differences import EMULATE

TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("name", EMULATE)
def test_each_difference_is_asserted_by_a_test(name: str) -> None:
    group, _, case = name.partition(": ")
    whole = f'place.expected("{name}"' in TESTS
    case_of = f'place.expected(f"{group}: {{case}}"' in TESTS and f'"{case}"' in TESTS
    assert whole or case_of
