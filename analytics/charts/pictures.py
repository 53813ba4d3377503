"""The pictures by name, for whoever orders one without drawing it.

Matplotlib is imported where a picture is drawn: the process that answers Slack and only orders
pictures stays small and starts quickly.
"""

from collections.abc import Sequence

from analytics.effects.data import KindEffect
from analytics.reports.data import (
    ClassComparison,
    ClassReport,
    SkillReport,
    StudentComparison,
    StudentReport,
)
from analytics.reports.data.trends import TrendReport


def student_picture(report: StudentReport) -> bytes:
    """A student's picture as PNG."""
    from analytics.charts.student import draw_student_picture  # noqa: PLC0415 - see above

    return draw_student_picture(report)


def class_picture(report: ClassReport) -> bytes:
    """A class's picture as PNG."""
    from analytics.charts.classes import draw_class_picture  # noqa: PLC0415 - see above

    return draw_class_picture(report)


def skill_picture(report: SkillReport) -> bytes:
    """A skill's picture as PNG."""
    from analytics.charts.skill import draw_skill_picture  # noqa: PLC0415 - see above

    return draw_skill_picture(report)


def student_comparison_picture(found: StudentComparison) -> bytes:
    """The picture of a student beside the class as PNG."""
    from analytics.charts.comparison import draw_student_comparison  # noqa: PLC0415 - see above

    return draw_student_comparison(found)


def class_comparison_picture(found: ClassComparison) -> bytes:
    """The picture of a class beside others as PNG."""
    from analytics.charts.comparison import draw_class_comparison  # noqa: PLC0415 - see above

    return draw_class_comparison(found)


def effects_picture(name: str, effects: Sequence[tuple[str, KindEffect]]) -> bytes:
    """The picture of what works in a class as PNG."""
    from analytics.charts.effects import draw_effects  # noqa: PLC0415 - see above

    return draw_effects(name, effects)


def trend_picture(report: TrendReport) -> bytes:
    """The picture of a trend as PNG."""
    from analytics.charts.trends import draw_trend_picture  # noqa: PLC0415 - see above

    return draw_trend_picture(report)
