"""The picture of what works: a row for each kind, around nothing, hollow where it may be chance."""

from analytics.charts.effects import effects_figure
from analytics.charts.pictures import effects_picture
from analytics.effects import KindEffect, LeftOut, Outcome, Verdict
from analytics.reports.data import Interval
from tests.analytics.charts.reading import image, words


def effect(
    gain: float | None, low: float, high: float, verdict: Verdict, outcome: Outcome
) -> KindEffect:
    interval = None if gain is None else Interval(low, high)
    counts = {"students": 12, "treated": 10, "comparable": 24, "waiting": 0}
    return KindEffect(
        "message",
        outcome,
        (1,),
        verdict,
        None,
        known_from=None,
        left_out=LeftOut(),
        gain=gain,
        interval=interval,
        **counts,
    )


EFFECTS = (
    ("messages", effect(0.02, -0.03, 0.07, Verdict.NO_CLEAR_CHANGE, Outcome.ACCURACY)),
    ("peer tutoring", effect(0.12, 0.04, 0.21, Verdict.HELPED, Outcome.ACCURACY)),
    ("meetings", effect(None, 0, 0, Verdict.TOO_FEW, Outcome.ACCURACY)),
    ("messages about practice", effect(1.4, 0.3, 2.5, Verdict.HELPED, Outcome.DAYS)),
)


def test_each_kind_with_a_gain_has_its_row_the_largest_first() -> None:
    said = words(effects_figure("Grade 5 Maths", EFFECTS))
    assert said.index("peer tutoring") < said.index("messages")
    assert "meetings" not in said
    for one in ("+12 points", "+2 points", "+1.4 days", "as without help", "may be chance"):
        assert one in said
    # The scale is whole steps wide and leaves nothing out.
    assert {"+30 points", "+3.0 days"} <= set(said)


def test_what_may_be_chance_is_hollow() -> None:
    figure = effects_figure("Grade 5 Maths", EFFECTS)
    [accuracy] = [ax for ax in figure.axes if "+12 points" in [one.get_text() for one in ax.texts]]
    fills = {str(line.get_markerfacecolor()) for line in accuracy.lines}
    assert len(fills) == 2


def test_the_picture_is_a_png_as_wide_as_all() -> None:
    drawn = image(effects_picture("Grade 5 Maths", EFFECTS))
    assert (drawn.format, drawn.width) == ("PNG", 1200)
