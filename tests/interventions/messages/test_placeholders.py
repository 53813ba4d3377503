"""Placeholders: a few names, replaced in one pass, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.messages.placeholders import (
    NOT_KNOWN,
    Placeholder,
    Values,
    check_template,
    fill,
    left_in,
    names_in,
    trouble_words,
)
from interventions.messages.texts import LONGEST_MESSAGE, checked_message, clean
from school.errors import InvalidInput

P = Placeholder
FIGURES = {P.DAYS: "10", P.PERCENT: "81", P.STREAK: "6"}
LEO = Values({P.STUDENT: "Leo", P.SKILL: "Ratio", P.CLASS_SKILL: "Area"} | FIGURES)


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("Hi [Student], not in [X] days.", "Hi Leo, not in 10 days."),
        ("up to [X]%!", "up to 81%!"),
        ("up to [X] %!", "up to 81 %!"),
        ("a [X]-day streak", "a 6-day streak"),
        ("[X] school days on [ student ]", "10 school days on Leo"),
        ("[SKILL] and [skill]", "Ratio and Ratio"),
        ("your class is working on [Skill]: [Skill]", "your class is working on Area: Ratio"),
        ("[Class skill]", "Area"),
    ],
)
def test_a_number_is_the_one_that_its_words_mean(template: str, filled: str) -> None:
    assert fill(template, LEO).text == filled
    assert fill(template, LEO).troubles == ()


def test_what_is_filled_in_is_never_read_for_placeholders() -> None:
    odd = Values({P.STUDENT: "[Skill]", P.SKILL: "[Student] {{ 1 }} $x"})
    assert fill("[Student] / [Skill]", odd).text == "[Skill] / [Student] {{ 1 }} $x"


def test_what_nothing_is_known_for_stays_and_is_named_with_its_reason() -> None:
    values = Values({P.STUDENT: "Leo"}, {P.SKILL: "no skill of Leo's stands out now"})
    filled = fill("[Student]: [Skill], [Assignment], [Sklil], [X] apples, [1]", values)
    assert filled.text == "Leo: [Skill], [Assignment], [Sklil], [X] apples, [1]"
    why = {one.written: one.why for one in filled.troubles}
    assert list(why) == ["[Skill]", "[Assignment]", "[Sklil]", "[X]"]
    assert why["[Skill]"] == "no skill of Leo's stands out now"
    assert why["[Assignment]"] == NOT_KNOWN
    assert "none of the placeholders that I know" in why["[Sklil]"]
    assert trouble_words(filled.troubles[0]) == "[Skill]: no skill of Leo's stands out now."


def test_a_template_names_its_placeholders_and_refuses_others() -> None:
    assert names_in("Hi [Student], [X] days, [X]%, [Sklil]") == (P.STUDENT, P.DAYS, P.PERCENT)
    check_template("Hi [Student], [Skill] and [X] days [1]")
    for wrong in ("Hi [Name]", "[X] apples"):
        with pytest.raises(InvalidInput) as refused:
            check_template(wrong)
        assert refused.value.field == "content"


def test_what_is_left_in_brackets_is_found() -> None:
    assert left_in("Hi [Student] and [see p. 3], [ ] and [1] and [Student]") == (
        "[Student]",
        "[see p. 3]",
    )


@given(st.text(st.sampled_from("[]Student XSkil%-day{}$\\\n"), max_size=60), st.text(max_size=20))
def test_filling_is_one_pass_over_the_template(template: str, value: str) -> None:
    values = Values({P.STUDENT: value, P.SKILL: value})
    filled = fill(template, values)
    assert filled == fill(template, values)
    if "[" not in template:
        assert filled.text == template


@given(st.text(max_size=80))
def test_a_message_is_kept_as_written_or_refused(text: str) -> None:
    try:
        kept = checked_message(text)
    except InvalidInput as refused:
        assert refused.field == "message"
        return
    assert kept == clean(text) == clean(kept)
    assert "\0" not in kept and "\u202e" not in kept


def test_a_message_has_1_to_3000_characters() -> None:
    assert checked_message("x" * LONGEST_MESSAGE)
    with pytest.raises(InvalidInput, match="3,001 characters"):
        checked_message("x" * (LONGEST_MESSAGE + 1))
    for empty in ("", " \n ", "\u200b"):
        with pytest.raises(InvalidInput, match="Write a message"):
            checked_message(empty)
