"""Rows for help after inactivity: the helped beside absences of the same length without help."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise

from analytics.effects.helps import Help
from analytics.effects.rows import Found, Row, Standing
from analytics.effects.scene import Pupil, Scene
from analytics.effects.windows import LENGTH, ONE_DAY, Windows, school_day_after

Absence = tuple[Pupil, int, Windows]
"""A student, the class, and the windows around the day on which an absence had a length."""


def absence_rows(helped: Iterable[Help], scene: Scene) -> Found:
    """The rows of help of one kind after inactivity.

    A stratum for each number of school days since the last practice, whenever that was.
    """
    found = Found()
    strata: defaultdict[int, list[Row]] = defaultdict(list)
    for one in helped:
        around = scene.around(one.day)
        missed = missed_before(one.student_id, one.day, scene)
        if (row := _helped(one, missed, around, scene, found)) and missed is not None:
            strata[missed].append(row)
    others = absences(strata, scene) if strata else {}
    for missed, treated in strata.items():
        found.beside(treated, [_without(one, missed, scene) for one in others.get(missed, [])])
    return found


def missed_before(student_id: int, day: date, scene: Scene) -> int | None:
    """School days between the last practice before a day and that day; None without any."""
    last = scene.book.of(student_id).last_before(day)
    return None if last is None else scene.calendar.count(last + ONE_DAY, day - ONE_DAY)


def whole(pupil: Pupil, around: Windows, scene: Scene) -> int | None:
    """The class that the student was in over all windows, if practice could be seen in them all."""
    if scene.first_day is None or around.earlier.start < scene.first_day:
        return None
    return pupil.class_through(around.span)


def _helped(
    one: Help, missed: int | None, around: Windows, scene: Scene, found: Found
) -> Row | None:
    """A helped student's row; where there is none, `found` is told why."""
    pupil = scene.pupils.get(one.student_id)
    class_id = whole(pupil, around, scene) if pupil else None
    if pupil is None or class_id is None:
        found.stands(one.student_id, Standing.AWAY)
    elif scene.helped_before(one.student_id, around):
        found.stands(one.student_id, Standing.BEFORE)
    elif missed is None:
        found.stands(one.student_id, Standing.PRACTICE)
    elif not pupil.knows(around.after.end):
        found.waits(one.student_id, around.after.end)
    else:
        mixed = scene.kinds_since(one.student_id, around) != {one.kind}
        shares = days_practised(one.student_id, around, scene)
        return Row(one.student_id, class_id, missed, True, *shares, mixed)
    return None


def days_practised(student_id: int, around: Windows, scene: Scene) -> tuple[float, float, float]:
    """School days with practice after, before and earlier, as fractions of 10."""
    own = scene.book.of(student_id)
    after, before, earlier = (
        own.active(days, scene.calendar) / LENGTH
        for days in (around.after, around.before, around.earlier)
    )
    return after, before, earlier


def absences(lengths: Collection[int], scene: Scene) -> dict[int, list[Absence]]:
    """By length in school days, every absence without help that reached it.

    Where nobody practised in the days after, there was no school: a holiday that nobody recorded.
    """
    found: defaultdict[int, list[Absence]] = defaultdict(list)
    for pupil in scene.pupils.values():
        for length, day in _reached(pupil, lengths, scene):
            around = scene.around(day)
            class_id = whole(pupil, around, scene)
            if class_id is not None and _alike(pupil, around, scene):
                found[length].append((pupil, class_id, around))
    return found


def _alike(pupil: Pupil, around: Windows, scene: Scene) -> bool:
    known = pupil.knows(around.after.end) and scene.book.anyone(around.after)
    return known and scene.without_help(pupil.student_id, around)


def _reached(pupil: Pupil, lengths: Collection[int], scene: Scene) -> Iterator[tuple[int, date]]:
    """The school days before which a student had just missed as many as one of the lengths.

    The day itself is looked at as in the morning: whether there is practice on it is not known yet.
    """
    if pupil.known is None:
        return
    days = [*scene.book.of(pupil.student_id).days, pupil.known + ONE_DAY]
    for last, following in pairwise(days):
        gap = scene.calendar.count(last + ONE_DAY, following)
        for length in lengths:
            if length < gap:
                yield length, school_day_after(last, length + 1, scene.calendar)


def _without(absence: Absence, missed: int, scene: Scene) -> Row:
    pupil, class_id, around = absence
    shares = days_practised(pupil.student_id, around, scene)
    later = scene.helped_after(pupil.student_id, around)
    return Row(pupil.student_id, class_id, missed, False, *shares, later)
