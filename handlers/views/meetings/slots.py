"""When a meeting may be: a day, the free times of that day, and those of a week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from analytics.wording import date_words
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    actions,
    button,
    field,
    menu,
    option,
    section,
)
from handlers.views.fields import day_field, menu_field, time_field
from handlers.views.moments import zone_words
from interventions.slots import Odd

LENGTHS = (15, 20, 30, 45, 60, 90)
OTHER = "other"
"""The entry of the menu behind which any time can be typed."""
ANOTHER_TIME = "Another time…"
STEP = timedelta(minutes=15)
"""How far apart free starts are (interventions.slots)."""
NO_WEEK, THIS_WEEK, NEXT_WEEK = 0, 1, 2
WEEKS = {THIS_WEEK: "Free times this week", NEXT_WEEK: "Free times next week"}
HIDE = "Hide free times"


class Calendar(StrEnum):
    """What is known of the teacher's own calendar."""

    NONE = "none"
    KNOWN = "known"
    ASKED = "asked"
    SILENT = "silent"
    CLOSED = "closed"


ODD = {
    Odd.HOLIDAY: "{day} is a school holiday",
    Odd.PAUSE: "{day} is in your pause",
    Odd.DAY_OFF: "{day} is not one of your working days",
    Odd.HOURS: "{at} for {minutes} minutes is outside your hours",
    Odd.MEETING: "You have another meeting at {at}",
    Odd.BUSY: "Your calendar has something at {at}",
}
WHOLE_DAY = (Odd.HOLIDAY, Odd.PAUSE, Odd.DAY_OFF)
"""What speaks against all times of a day."""
ALL_THE_SAME = "; you can meet all the same"
NOT_KNOWN = {
    Calendar.ASKED: "I am asking your calendar; in a moment these times will know of it.",
    Calendar.SILENT: "Your calendar did not answer; these times do not know of it.",
    Calendar.CLOSED: "I am not let into your calendar; these times do not know of it.",
}


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day and its free starts, on the clock of the form."""

    day: date
    starts: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """The free starts of the day in the form. `other`: another time is to be typed.

    `next_at` is the next free start where that day has none, `odd` what speaks against the time in
    the form, `week` the days of the week that is
    shown (`shown`, one of WEEKS), `today` the day on which this is read.
    """

    starts: tuple[time, ...]
    today: date
    other: bool = False
    calendar: Calendar = Calendar.NONE
    next_at: datetime | None = None
    odd: Odd | None = None
    shown: int = NO_WEEK
    week: tuple[FreeDay, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The time in a form, in `zone`; without `free` any time can be chosen and none is offered."""

    day: date
    at: time
    minutes: int
    zone: str
    free: FreeTimes | None = None

    def key(self, name: str) -> str:
        """The id of a block. Slack keeps what was entered in one that it knows, whatever we say
        stands in it now: what follows from another field is a block of its own.
        """
        known = self.free.calendar if self.free else Calendar.NONE
        return f"{name}|{self.day.isoformat()}|{self.at:%H%M}|{self.minutes}|{known}"


def when_fields(when: When) -> Blocks:
    """The fields of a time: its day, the free times of that day or any other, and its length."""
    lengths = {str(one): f"{one} minutes" for one in sorted({*LENGTHS, when.minutes})}
    length = menu_field("Length", Action.MEETING_MINUTES, lengths, str(when.minutes))
    day = day_field("Day", Action.MEETING_DAY, when.day)
    if when.free is None:
        return [day, _any_time("Time", when), length]
    told = {"dispatch_action": True}
    key = when.key(Action.MEETING_DAY)
    return [
        day | told | {"block_id": key},
        *_times(when, when.free),
        length | told,
        *_week(when, when.free),
    ]


def clock(at: time) -> str:
    """A time of day as we write it: `9:05`."""
    return f"{at.hour}:{at.minute:02d}"


def _times(when: When, free: FreeTimes) -> Iterator[Block]:
    if free.starts:
        options = {f"{one:%H:%M}": option(clock(one), f"{one:%H:%M}") for one in free.starts}
        options |= {OTHER: option(ANOTHER_TIME, OTHER)}
        chosen = options[OTHER if free.other else f"{when.at:%H:%M}"]
        times = menu(Action.MEETING_SLOT, "Choose", list(options.values()), chosen)
        hint = f"When you are free that day, {zone_words(when.zone)} time"
        block = field("Time", when.key(Action.MEETING_SLOT), times, hint=hint)
        yield block | {"dispatch_action": True}
    elif free.odd not in WHOLE_DAY:
        yield section(f"You have no free time on {_day(when.day, free)}.{_next(free)}")
    if free.odd is not None:
        yield section(_odd(when, free, free.odd))
    if free.other or not free.starts:
        label = "Another time" if free.starts else "Time"
        yield _any_time(label, when) | {"dispatch_action": True}
    if free.calendar in NOT_KNOWN:
        yield section(NOT_KNOWN[free.calendar])


def _any_time(label: str, when: When) -> Block:
    hint = f"{zone_words(when.zone)} time"
    return time_field(label, Action.MEETING_TIME, when.at, hint=hint)


def _odd(when: When, free: FreeTimes, odd: Odd) -> str:
    """What speaks against the time in the form, and that it can be taken all the same."""
    day = _day(when.day, free)
    said = {"day": day[:1].upper() + day[1:], "at": clock(when.at), "minutes": when.minutes}
    words = ODD[odd].format(**said)
    but = "" if odd is Odd.MEETING else ALL_THE_SAME
    return f"{words}{but}.{_next(free) if odd in WHOLE_DAY else ''}"


def _next(free: FreeTimes) -> str:
    if free.next_at is None:
        return ""
    return f" The next free time is {_day(free.next_at.date(), free)} {clock(free.next_at.time())}."


def _day(day: date, free: FreeTimes) -> str:
    return date_words(day, free.today)


def _week(when: When, free: FreeTimes) -> Iterator[Block]:
    """Buttons that show the free times of a week, and the week that is shown."""
    yield actions(*_week_buttons(free), block_id=f"{Action.MEETING_WEEK}|{free.shown}")
    if free.shown == NO_WEEK:
        return
    yield from (_day_row(when, one, free) for one in free.week if one.starts)
    without = [_day(one.day, free) for one in free.week if not one.starts]
    if without:
        yield section(f"Nothing free: {', '.join(without)}.")
    elif not free.week:
        yield section("No working day is left in this week.")


def _week_buttons(free: FreeTimes) -> list[Element]:
    made = []
    for number, words in WEEKS.items():
        is_shown = free.shown == number
        label = HIDE if is_shown else words
        value = Ref(page=NO_WEEK if is_shown else number).encode()
        made.append(button(label, Action.MEETING_WEEK, value, number=number))
    return made


def _day_row(when: When, one: FreeDay, free: FreeTimes) -> Block:
    """A day with its free stretches, and its free starts: choosing one takes it."""
    options = [option(clock(at), f"{one.day.isoformat()}.{at:%H%M}") for at in one.starts]
    taking = menu(Action.MEETING_TAKE, "Take", options)
    words = f"{_day(one.day, free)}: {', '.join(_stretches(one.starts, when.minutes))}"
    return section(words, taking) | {"block_id": f"{when.key(Action.MEETING_TAKE)}|{one.day}"}


def _stretches(starts: Sequence[time], minutes: int) -> Iterator[str]:
    """Free starts as the time that is free around them: `8:00–10:30`."""
    day = date(2000, 1, 1)  # any
    moments = [datetime.combine(day, one) for one in starts]
    first = 0
    for number, moment in enumerate(moments):
        is_last = number == len(moments) - 1
        if is_last or moments[number + 1] - moment > STEP:
            ends = moment + timedelta(minutes=minutes)
            yield f"{clock(starts[first])}–{clock(ends.time())}"
            first = number + 1
