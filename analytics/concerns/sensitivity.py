"""How soon concerns are raised: the bounds of the rules at three sensitivities."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The bounds of the rules.

    `inactive` and `inactive_high` are school days without practice, `struggling` what an
    interval's upper end has to stay below, `overdue` school days past due, `declining` the
    significance of a decline.
    """

    inactive: int
    inactive_high: int
    struggling: float
    overdue: int
    declining: float


EARLY = Sensitivity(3, 7, 0.75, 0, 0.05)
NORMAL = Sensitivity(5, 10, 0.70, 0, 0.01)
LATE = Sensitivity(8, 15, 0.65, 2, 0.001)
SENSITIVITIES = {"early": EARLY, "normal": NORMAL, "late": LATE}

STRUGGLING_HIGH = 0.60
"""A struggle is grave when the 95 % interval's upper end lies below this, at any sensitivity."""
OVERDUE_HIGH = 3
"""School days past due from which an assignment is grave, at any sensitivity."""
DECLINING_HIGH = 0.03
"""A fall a week beyond which a decline is grave, at any sensitivity."""
