"""Rows for help whose outcome is accuracy: on each date the helped and everyone without help."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from analytics.effects.helps import Help
from analytics.effects.practice import Skills
from analytics.effects.rows import Found, Row, Standing
from analytics.effects.scene import Pupil, Scene
from analytics.effects.windows import Windows
from analytics.thresholds import JUDGED_QUESTIONS
from school.days import DateRange

Occasion = tuple[date, Skills]
Count = tuple[int, int]
"""Questions and right answers."""


def accuracy_rows(helped: Iterable[Help], scene: Scene) -> Found:
    """The rows of help of one kind: a stratum for each date and the skills concerned."""
    found = Found()
    occasions: defaultdict[Occasion, list[Help]] = defaultdict(list)
    for one in helped:
        occasions[one.day, one.skills].append(one)
    for occasion, same in occasions.items():
        around = scene.around(occasion[0])
        treated = [row for one in same if (row := _helped(one, around, scene, found))]
        others = classmates(occasion, around, scene) if treated else []
        found.beside(treated, others)
    return found


def _helped(one: Help, around: Windows, scene: Scene, found: Found) -> Row | None:
    """A helped student's row; where there is none, `found` is told why."""
    pupil = scene.pupils.get(one.student_id)
    class_id = enrolled(pupil, around) if pupil else None
    if pupil is None or class_id is None:
        found.stands(one.student_id, Standing.AWAY)
    elif scene.helped_before(one.student_id, around):
        found.stands(one.student_id, Standing.BEFORE)
    elif not all(_enough(count) for count in counts(pupil, one.skills, around, scene)[1:]):
        found.stands(one.student_id, Standing.PRACTICE)
    elif not pupil.knows(around.after.end):
        found.waits(one.student_id, around.after.end)
    elif not _enough(counts(pupil, one.skills, around, scene)[0]):
        found.stands(one.student_id, Standing.PRACTICE)
    else:
        mixed = scene.kinds_since(one.student_id, around) != {one.kind}
        return _row(pupil, class_id, (one.day, one.skills), around, scene, (True, mixed))
    return None


def classmates(occasion: Occasion, around: Windows, scene: Scene) -> list[Row]:
    """Everyone without help on that day who practised enough in all three windows."""
    rows = []
    for pupil in scene.pupils.values():
        class_id = enrolled(pupil, around)
        if class_id is not None and comparable(pupil, occasion[1], around, scene):
            later = scene.helped_after(pupil.student_id, around)
            rows.append(_row(pupil, class_id, occasion, around, scene, (False, later)))
    return rows


def enrolled(pupil: Pupil, around: Windows) -> int | None:
    """The class that the student was in from the day of the action to the end of what is judged.

    Practice before may come from anywhere.
    """
    return pupil.class_through(DateRange(around.day, around.after.end))


def comparable(pupil: Pupil, skills: Skills, around: Windows, scene: Scene) -> bool:
    """Whether a student was without help and practised enough in all three windows."""
    known = pupil.knows(around.after.end) and scene.without_help(pupil.student_id, around)
    return known and all(_enough(count) for count in counts(pupil, skills, around, scene))


def counts(pupil: Pupil, skills: Skills, around: Windows, scene: Scene) -> tuple[Count, ...]:
    """Questions and right answers after, before and earlier."""
    own = scene.book.of(pupil.student_id, skills)
    return tuple(own.within(days) for days in (around.after, around.before, around.earlier))


def _enough(count: Count) -> bool:
    return count[0] >= JUDGED_QUESTIONS


def _row(
    pupil: Pupil,
    class_id: int,
    occasion: Occasion,
    around: Windows,
    scene: Scene,
    kind: tuple[bool, bool],
) -> Row:
    treated, mixed = kind
    shares = (right / asked for asked, right in counts(pupil, occasion[1], around, scene))
    after, before, earlier = shares
    return Row(pupil.student_id, class_id, occasion, treated, after, before, earlier, mixed)
