"""What followed an action for one student, beside what would be expected without it."""

from collections.abc import Iterable, Sequence

from analytics.effects import absences, accuracy
from analytics.effects.data import (
    Action,
    Improved,
    Outcome,
    StudentEffect,
    Unsaid,
    Window,
)
from analytics.effects.expected import LEAST_CASES, Case, Count, Prediction, predict
from analytics.effects.helps import Help
from analytics.effects.scene import Pupil, Scene
from analytics.effects.windows import LENGTH, Windows
from analytics.reports.data import Interval
from analytics.thresholds import JUDGED_QUESTIONS
from school.days import DateRange


def student_effect_in(action: Action, one: Help, scene: Scene) -> StudentEffect:
    """What followed an action; `one` is the same with its outcome."""
    around = scene.around(one.day)
    others = _cases(one, around, scene)
    unsaid = _unsaid(one, around, scene, len(others))
    found = predict(_case(one.student_id, one, around, scene), others) if not unsaid else None
    before, after = (_window(one, days, around, scene) for days in (around.before, around.after))
    unit = LENGTH if one.outcome == Outcome.DAYS else 1
    return StudentEffect(
        action=action,
        outcome=one.outcome,
        before=before,
        after=after,
        known_from=around.after.end,
        comparable=len(others),
        expected=found.share * unit if found else None,
        interval=_scaled(found.interval(), unit) if found else None,
        rise_expected=_chance_of_rise(found, one, around, scene) if found else None,
        unsaid=unsaid,
        helped_before=scene.helped_before(one.student_id, around),
        together=scene.kinds_since(one.student_id, around) != {one.kind},
    )


def may_be_said(one: Help, scene: Scene) -> bool:
    """Whether something can be expected, as far as it does not hang on the classmates.

    They take the most time: whoever counts many looks at this first.
    """
    return _unsaid(one, scene.around(one.day), scene, LEAST_CASES) is None


def _cases(one: Help, around: Windows, scene: Scene) -> list[Case]:
    """The counts of the classmates without help."""
    return [_case(who, one, when, scene) for who, when in _places(one, around, scene)]


def _places(one: Help, around: Windows, scene: Scene) -> list[tuple[int, Windows]]:
    """Classmates without help and when: on that day, or in absences of the same length."""
    if one.outcome == Outcome.DAYS:
        missed = absences.missed_before(one.student_id, one.day, scene)
        alike = absences.absences([missed], scene).get(missed, []) if missed is not None else []
        places = [(pupil.student_id, when) for pupil, _, when in alike]
    else:
        places = [(pupil.student_id, around) for pupil in _without_help(one, around, scene)]
    return [(who, when) for who, when in places if who != one.student_id]


def _without_help(one: Help, around: Windows, scene: Scene) -> list[Pupil]:
    return [
        pupil
        for pupil in scene.pupils.values()
        if accuracy.enrolled(pupil, around) is not None
        and accuracy.comparable(pupil, one.skills, around, scene)
    ]


def _case(student_id: int, one: Help, around: Windows, scene: Scene) -> Case:
    """A student's counts: of accuracy in all windows, of days in that after alone.

    Days are expected from the length of the absence, which all of these share.
    """
    if one.outcome == Outcome.DAYS:
        days = scene.book.of(student_id).active(around.after, scene.calendar)
        return Case(Count(days, LENGTH))
    own = scene.book.of(student_id, one.skills)
    windows = (own.within(days) for days in (around.after, around.before, around.earlier))
    after, *before = (Count(right, asked) for asked, right in windows)
    return Case(after, tuple(before))


def _unsaid(one: Help, around: Windows, scene: Scene, others: int) -> Unsaid | None:
    """Why nothing can be said to be expected, if so."""
    pupil = scene.pupils.get(one.student_id)
    if pupil is None or _class_of(pupil, one, around, scene) is None:
        return Unsaid.AWAY
    enough = _enough(one, around, scene)
    if not all(enough[1:]):
        return Unsaid.PRACTICE
    if not pupil.knows(around.after.end):
        return Unsaid.EARLY
    if not enough[0]:
        return Unsaid.PRACTICE
    return Unsaid.COMPARABLE if others < LEAST_CASES else None


def _class_of(pupil: Pupil, one: Help, around: Windows, scene: Scene) -> int | None:
    if one.outcome == Outcome.DAYS:
        return absences.whole(pupil, around, scene)
    return accuracy.enrolled(pupil, around)


def _enough(one: Help, around: Windows, scene: Scene) -> Sequence[bool]:
    """Whether there is practice enough after, before and earlier."""
    if one.outcome == Outcome.DAYS:
        return [True, absences.missed_before(one.student_id, one.day, scene) is not None]
    own = _case(one.student_id, one, around, scene)
    return [count.total >= JUDGED_QUESTIONS for count in (own.after, *own.before)]


def _window(one: Help, days: DateRange, around: Windows, scene: Scene) -> Window:
    own = scene.book.of(one.student_id, one.skills)
    pupil = scene.pupils.get(one.student_id)
    asked, right = own.within(days)
    whole = pupil is not None and pupil.knows(days.end) and pupil.class_through(days) is not None
    return Window(days, asked, right, own.active(days, scene.calendar), whole)


def _scaled(interval: Interval, unit: int) -> Interval:
    return Interval(interval.low * unit, interval.high * unit)


def _chance_of_rise(found: Prediction, one: Help, around: Windows, scene: Scene) -> float:
    """How likely a student like this one is to be higher after than before.

    Of accuracy that of a share above the one before, half way to the next that there may be; of
    days the share of the absences as long after which there were more than before.
    """
    if one.outcome == Outcome.DAYS:
        rises = [
            scene.book.of(who).active(when.after, scene.calendar)
            > scene.book.of(who).active(when.before, scene.calendar)
            for who, when in _places(one, around, scene)
        ]
        return sum(rises) / len(rises)
    own = _case(one.student_id, one, around, scene)
    before, total = own.before[0], own.after.total
    return found.chance_above((before.good * total // before.total + 0.5) / total)


def improved(effects: Iterable[StudentEffect]) -> Improved:
    """How many rose after their actions, beside how many would have without help.

    Over those of whom the latter can be said.
    """
    said = [one for one in effects if one.rise_expected is not None]
    return Improved(
        students=len(said),
        rose=sum(bool(one.rose) for one in said),
        expected=sum(one.rise_expected or 0.0 for one in said),
    )
