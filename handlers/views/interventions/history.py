"""What was done for a student in a modal, page by page: how it stands, and what followed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.wording import moment_words, plural, skill_words
from analytics.wording.effects import student_words
from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    actions,
    bold,
    button,
    divider,
    line,
    paragraph,
)
from handlers.views.families.parent_words import answer_words
from handlers.views.interventions.intervention_words import (
    PLURALS,
    STATES,
    done_words,
    dot,
    is_worth_saying,
)
from handlers.views.interventions.rating import rating_menu, rating_words
from handlers.views.interventions.resolve import alert_words
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.paging import Page
from interventions.alerts import OpenAlert
from interventions.history import HistoryEntry, InterventionHistory
from interventions.outcomes import State
from interventions.patterns import FLOOR, LOOKED_AHEAD, Pattern
from school.days import local_day
from school.models import InterventionType

HISTORY = "History"
MOST_CLASSES = 3
"""So many classes have a button of their own."""
NO_EFFECT = (
    f"“Practice followed” is practice on one of the next {LOOKED_AHEAD} school days. These are "
    "counts, not effects: many students practise again with no help at all."
)


def history_modal(
    history: InterventionHistory,
    alerts: Sequence[OpenAlert],
    classes: Mapping[int, str],
    now: datetime,
) -> View:
    """One page of it, the student's open `alerts` and patterns on the first; `classes` are those
    whose effects can be looked at, titles by id.
    """
    today = local_day(now, ZoneInfo(history.zone))
    ref = Ref(student=history.student_id, page=history.page)
    page = Page(history.entries, history.page, history.pages)
    blocks = [
        _head(history),
        *([*_open(alerts, today), *_patterns(history)] if history.page == 0 else ()),
        *[block for one in history.entries for block in _entry(one, history, today, now)],
        *([divider()] if history.pages > 1 else ()),
        *page.turning(Action.HISTORY_PAGE, ref),
        *_effects_of(classes),
    ]
    return modal(Modal.HISTORY, HISTORY, blocks, ref=ref)


def _head(history: InterventionHistory) -> Block:
    name = shorten(history.student_name, "name")
    if not history.total:
        words = "\nNothing has been done here yet. What you send, assign or arrange is kept here."
        return line(bold(name), words)
    newest = ", the newest first" if history.total > 1 else ""
    return line(bold(name), f" · {plural(history.total, 'action')}{newest}")


def _open(alerts: Sequence[OpenAlert], today: date) -> Blocks:
    """What is open about the student, and the way to resolve it."""
    if not alerts:
        return []
    ref = Ref(act=Act.RESOLVE.value, student=alerts[0].student_id)
    resolve = button("Resolve", Action.ACT, ref.encode())
    said = f"Open: {'; '.join(alert_words(one, today) for one in alerts)}."
    return [paragraph(said, accessory=resolve)]


def _patterns(history: InterventionHistory) -> Blocks:
    if not history.patterns:
        return []
    said = [pattern_words(one) for one in history.patterns]
    return [paragraph(*said), paragraph(NO_EFFECT)]


def pattern_words(pattern: Pattern) -> str:
    """`Messages: 6 · opened 5 · answered 4, typically after 5 hours · practice followed 4 of 6`."""
    kind = PLURALS[pattern.kind]
    came = [f"{kind[:1].upper()}{kind[1:]}: {pattern.done}", *_came(pattern)]
    return " · ".join([*came, _followed(pattern)])


def _came(pattern: Pattern) -> list[str]:
    """What came of them, as far as the kind knows it."""
    if pattern.kind in (InterventionType.MESSAGE, InterventionType.PARENT_NOTICE):
        answered = f"answered {pattern.replied}"
        if pattern.reply_after is not None:
            answered += f", typically after {_span(pattern.reply_after)}"
        return [f"opened {pattern.read}", answered]
    done = "took place" if pattern.kind is InterventionType.MEETING else "completed"
    return [f"{done} {pattern.completed}"]


def _followed(pattern: Pattern) -> str:
    if pattern.judged < FLOOR:
        seen = f"{pattern.judged} of the {FLOOR} that are needed"
        return f"practice followed: too few to tell, {seen}"
    return f"practice followed {pattern.followed} of {pattern.judged}"


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 90:
        return plural(minutes, "minute")
    hours = round(minutes / 60)
    return plural(hours, "hour") if hours < 48 else plural(round(hours / 24), "day")


def _entry(entry: HistoryEntry, history: InterventionHistory, today: date, now: datetime) -> Blocks:
    at = moment_words(entry.at, history.zone, now)
    done = done_words(entry.kind, entry.outcome.state)
    by = "you" if entry.by is None else shorten(entry.by, "name")
    title = line(
        f"{dot(entry.outcome)} ", bold(done), f" by {by}, {at}{_since(entry, history, now)}"
    )
    said = _said(entry, today)
    return [divider(), title, *([paragraph(*said)] if said else []), *_rating(entry)]


def _rating(entry: HistoryEntry) -> Blocks:
    """The word of who did it, beside what followed; its own teacher can change it."""
    if entry.is_withdrawn or not (entry.is_own or entry.rating):
        return []
    given = rating_words(entry.rating) if entry.rating else "none yet"
    if not entry.is_own:
        return [paragraph(f"Their rating: {given}")]
    menu = rating_menu(entry.id, entry.rating)
    return [paragraph(f"Your rating: {given}", accessory=menu)]


def _since(entry: HistoryEntry, history: InterventionHistory, now: datetime) -> str:
    """Where it stands since when, where the title does not say it."""
    outcome = entry.outcome
    to_come = entry.kind is InterventionType.MEETING and outcome.state is State.RUNNING
    if to_come or not is_worth_saying(outcome.state):
        return ""
    when = f" {moment_words(outcome.at, history.zone, now)}" if outcome.at else ""
    return f" · {STATES[outcome.state]}{when}"


def _said(entry: HistoryEntry, today: date) -> list[str]:
    done = done_words(entry.kind, entry.outcome.state)
    usual = done_words(entry.kind, State.SENT)
    # The title says that already, or that it is no more: "Message taken back".
    action = entry.action_taken.removeprefix(f"{done}: ").removeprefix(f"{usual}: ")
    action = "" if action in (done, usual) else action
    unsaid = [skill for skill in entry.skills if skill_words(skill) not in action]
    about = f" ({', '.join(unsaid)})" if unsaid else ""
    said = [f"{action}{about}".strip()] if action or about else []
    if entry.letter:
        said.append(f"“{entry.letter}”")
    detail, state = entry.outcome.detail, entry.outcome.state
    if entry.outcome.answers:
        said += [f"Answer: {answer_words(*one)}" for one in entry.outcome.answers]
    elif detail and state is State.REPLIED:
        said.append(f"Answer: “{detail}”")
    elif detail and state in (State.RUNNING, State.OVERDUE, State.COMPLETED):
        said.append(detail)
    if entry.notes:
        said.append(f"Notes: {entry.notes}")
    if entry.effect is not None:
        said.append(student_words(entry.effect, today))
    return said


def _effects_of(classes: Mapping[int, str]) -> Blocks:
    buttons: list[Element] = [
        button(
            f"What works in {shorten(title, 'class')}",
            Action.WHAT_WORKS,
            Ref(class_id=class_id).encode(),
            number=number,
        )
        for number, (class_id, title) in enumerate(list(classes.items())[:MOST_CLASSES])
    ]
    return [divider(), actions(*buttons)] if buttons else []
