"""Whether help helped (docs/metrics.md, "Effect of interventions").

The caller says what was done, as plain `Action`s; nothing here knows interventions or writes.

- `class_effects(session, class_ids, actions, *, now)`: a `KindEffect` for each kind and outcome.
- `student_effects(session, asked, *, class_id, actions, now)`: a `StudentEffect` for each action.
- `improved_after(...)`, as `student_effects`: how many rose, beside how many would be expected to
  without help.

`actions` are all that was done for the students of these classes, of every kind: whoever got
anything is no classmate without help. Words for the results are in `analytics/wording/effects.py`.
"""

from analytics.effects.data import (
    Action,
    Improved,
    KindEffect,
    LeftOut,
    Outcome,
    StudentEffect,
    Unsaid,
    Verdict,
    Why,
    Window,
)
from analytics.effects.reports import class_effects, improved_after, student_effects

__all__ = [
    "Action",
    "Improved",
    "KindEffect",
    "LeftOut",
    "Outcome",
    "StudentEffect",
    "Unsaid",
    "Verdict",
    "Why",
    "Window",
    "class_effects",
    "improved_after",
    "student_effects",
]
