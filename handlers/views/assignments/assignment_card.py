"""An assignment in words for its teacher: on its card, and when it is completed or overdue."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.wording import joined, percent, plural, skill_words
from handlers.views.assignments.assignment import due_day_words
from handlers.views.blocks import Blocks, bold, line
from handlers.views.limits import shorten
from interventions.assignments.comparing import SCHOOL_DAYS, BeforeAfter
from interventions.assignments.shapes import AssignmentView, PartView

NOTICE_TEXT = "News of an assignment."
"""What a lock screen shows: it names nobody."""
NAMED = 6
"""So many students are named."""
NO_EFFECT = "A rise alone does not say that the practice did it."
NO_EFFECT_EITHER_WAY = "Such a change alone does not say what the practice did."


def what_words(view: AssignmentView) -> str:
    """What was set: `“Division & Fractions Practice” · Division, Fractions · 15 questions, easy`.

    Skills are left out that the title names anyhow.
    """
    unnamed = [name for _, name in view.skills if name.casefold() not in view.title.casefold()]
    parts = [
        f"“{shorten(view.title, 'reason')}”",
        ", ".join(skill_words(name) for name in unnamed),
        f"{plural(view.question_count, 'question')}, {view.difficulty}",
    ]
    return " · ".join(part for part in parts if part)


def progress_words(view: AssignmentView, now: datetime, zone: str) -> str:
    """How far it is: `6 of 15 · due Fri`, of several students `9 of 13 done · due Fri`."""
    due = _due(view, now, zone)
    if len(view.parts) == 1:
        one = view.parts[0]
        if one.completed_at is not None:
            return _done(one, view)
        return f"{one.questions} of {view.question_count}{_right(one)} · {due}"
    return f"{len(view.done)} of {len(view.parts)} done · {due}"


def group_words(view: AssignmentView) -> list[str]:
    """Of several students, who is how far: done, under way, not begun."""
    if len(view.parts) == 1:
        return []
    done = [one.name for one in view.done]
    begun = [one for one in view.parts if one.completed_at is None and one.questions]
    rest = [one.name for one in view.parts if one.completed_at is None and not one.questions]
    said = {
        "Done": done,
        "Under way": [f"{one.name} ({one.questions})" for one in begun],
        "Not begun": rest,
    }
    return [f"{what}: {name_words(names)}" for what, names in said.items() if names]


def before_words(figures: BeforeAfter) -> str:
    """What the practice before was, as a fact and no effect; with too little it says so."""
    before, after = figures.before, figures.after
    number = plural(figures.questions_before, "question")
    if before is None or after is None:
        few = f"{number} on the same skills in the {SCHOOL_DAYS} school days before"
        own = f"{plural(figures.questions, 'question')} towards it"
        return f"Too little to set beside it: {own if after is None else few}."
    span = f"{number} in the {SCHOOL_DAYS} school days before"
    caution = NO_EFFECT if after > before else NO_EFFECT_EITHER_WAY
    return f"Before {percent(before)} ({span}), after {percent(after)}. {caution}"


def done_notice(
    view: AssignmentView, done: Sequence[PartView], figures: Mapping[int, BeforeAfter]
) -> Blocks:
    """That these students have completed it: one with before and after, several by name."""
    title = f"“{shorten(view.title, 'reason')}”"
    if len(done) == 1:
        one = done[0]
        blocks = [line(bold(f"🟢 {shorten(one.name, 'name')} completed {title}"), _figures(one))]
        own = figures.get(one.student_id)
        words = [before_words(own)] if own is not None and one.questions else []
    else:
        names = name_words([f"{one.name} ({_score(one)})" for one in done])
        blocks = [line(bold(f"🟢 {len(done)} students completed {title}"))]
        words = [names]
    if len(view.parts) > 1:
        words.append(f"{len(view.done)} of {len(view.parts)} have completed it.")
    return [*blocks, *[line(one) for one in words]]


def overdue_notice(view: AssignmentView, late: Sequence[PartView], due: str) -> Blocks:
    """That its time is over and these have not completed it."""
    title = f"“{shorten(view.title, 'reason')}”"
    if len(late) == 1:
        one = late[0]
        head = f"🔴 {shorten(one.name, 'name')} has not completed {title}"
        return [line(bold(head), f" · {one.questions} of {view.question_count} · was due {due}")]
    head = f"🔴 {len(late)} of {len(view.parts)} have not completed {title}"
    names = name_words([f"{one.name} ({one.questions} of {view.question_count})" for one in late])
    return [line(bold(head), f" · was due {due}"), line(names)]


def due_words(day: date, now: datetime, zone: str) -> str:
    """The due day as of now: `Fri`, `today`."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return "today" if day == today else due_day_words(day, today)


def _due(view: AssignmentView, now: datetime, zone: str) -> str:
    word = "was due" if view.due_at <= now else "due"
    unknown = view.due_at <= now and not view.is_overdue(now)
    later = " (practice up to then is not in yet)" if unknown else ""
    return f"{word} {due_words(view.due_on, now, zone)}{later}"


def _done(one: PartView, view: AssignmentView) -> str:
    if not one.questions:
        return "Completed, as the source of practice says; it names no questions."
    return f"{_all(one, view)}, {one.correct} right ({percent(one.correct / one.questions)})"


def _all(one: PartView, view: AssignmentView) -> str:
    """`15 questions`, or how many were set where more were answered."""
    asked = plural(one.questions, "question")
    more = one.questions != view.question_count
    return f"{asked} ({view.question_count} were set)" if more else asked


def _figures(one: PartView) -> str:
    if not one.questions:
        return ""
    return f": {plural(one.questions, 'question')}, {one.correct} right"


def _score(one: PartView) -> str:
    return f"{one.correct} of {one.questions} right" if one.questions else "as imported"


def _right(one: PartView) -> str:
    return f", {one.correct} right" if one.questions else ""


def name_words(names: Sequence[str]) -> str:
    """Students by name: `Leo Park, Ben Stone and 5 more`."""
    if len(names) <= NAMED + 1:  # "and 1 more" would be as long as the name
        return joined(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
