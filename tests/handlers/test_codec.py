"""Buttons carry ids and ranges, and nothing that was not put there by us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.codec import Ref
from handlers.views.limits import LIMITS
from school.errors import InvalidInput

NUMBERS = st.none() | st.integers(0, 2**31 - 1)
RANGES = st.none() | st.sampled_from(["7d", "term", "all", "2024-02-16..2024-05-12"])
REFS = st.builds(
    Ref,
    student=NUMBERS,
    class_id=NUMBERS,
    range=RANGES,
    shown=RANGES,
    page=NUMBERS,
    channel=st.none() | st.from_regex(r"D[A-Z0-9]{8,10}", fullmatch=True),
    ts=st.none() | st.from_regex(r"[0-9]{10}\.[0-9]{6}", fullmatch=True),
    draft=st.none() | st.from_regex(r"[0-9a-f]{32}", fullmatch=True),
)


@given(REFS)
def test_what_is_put_in_comes_out(ref: Ref) -> None:
    assert Ref.decode(ref.encode()) == ref
    assert Ref.from_payload(ref.payload()) == ref


@pytest.mark.parametrize("delivery", [0, 2**31, 2**63 - 1])
def test_ids_of_deliveries_are_larger_than_others(delivery: int) -> None:
    ref = Ref(delivery=delivery, version=2)
    assert Ref.decode(ref.encode()) == ref


@given(REFS)
def test_every_reference_fits_where_it_stands(ref: Ref) -> None:
    assert len(ref.encode()) <= LIMITS["button value"]
    assert len(ref.report_only().encode()) <= LIMITS["option value"]


@pytest.mark.parametrize(
    "text",
    [
        "student=Maya",
        "student=",
        "range=a b",
        "page=-1",
        "page=²",
        "student=2147483648",
        "delivery=9223372036854775808",
    ],
)
def test_what_we_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="older version"):
        Ref.decode(text)


def test_what_a_newer_version_added_is_passed_over() -> None:
    assert Ref.decode("student=3;colour=red") == Ref(student=3)
