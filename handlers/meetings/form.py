"""Filling the form of a meeting: who may come, and the next sensible time where none was said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.codec import OLDER, Ref
from handlers.meetings.free import Busy, Days, with_times
from handlers.people import Asker
from handlers.reports import title_of
from handlers.views.meetings.meeting import MeetingForm, WhoMet, meeting_modal
from handlers.views.meetings.slots import NO_WEEK
from handlers.views.modals import View
from interventions.meetings import MeetingView, meeting_of, possible_attendees
from interventions.meetings.history import collision
from school.access import classes_shared, visible_classes
from school.days_off import days_off
from school.errors import InvalidInput
from school.hours import is_zone
from school.models import Meeting, MeetingType
from school.zones import own_zone

USUAL_HOUR, USUAL_MINUTES = time(15, 0), 30
LONGEST_BREAK = 120
"""So many days are looked through for the next school day."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed of a meeting, as far as it was; `code` is how a reference carries it.

    `unclear`: more was typed that was not understood.
    """

    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    kind: str | None = None
    unclear: bool = False

    @property
    def code(self) -> str:
        """Such as `2026-11-24.1430.45.group.`; parts that were not typed are empty."""
        parts = (
            self.day.isoformat() if self.day else "",
            f"{self.at:%H%M}" if self.at else "",
            str(self.minutes or ""),
            self.kind or "",
            "x" if self.unclear else "",
        )
        return ".".join(parts)

    @classmethod
    def decode(cls, code: str | None) -> Self:
        """Read a code. Raises InvalidInput on anything that `code` did not make."""
        day, at, minutes, kind, unclear = [*(code or "....").split("."), "", "", "", "", ""][:5]
        try:
            return cls(
                date.fromisoformat(day) if day else None,
                time(int(at[:2]), int(at[2:])) if at else None,
                int(minutes) if minutes else None,
                MeetingType(kind).value if kind else None,
                bool(unclear),
            )
        except ValueError:
            raise InvalidInput("when", OLDER) from None


def local_now(asker: Asker, *, session: Session) -> datetime:
    """Now, on the clock of whoever asks."""
    return asker.now.astimezone(own_zone(asker.viewer, session=session))


def empty_form(asker: Asker, wish: Wish, *, session: Session) -> MeetingForm:
    """The form before a student is chosen."""
    now = local_now(asker, session=session)
    day, at = _when(asker, wish, now, session=session)
    kind = MeetingType(wish.kind or MeetingType.ONE_ON_ONE)
    minutes = wish.minutes or USUAL_MINUTES
    return MeetingForm(None, kind, day, at, minutes, own_zone(asker.viewer, session=session).key)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form, and what its free times are reckoned from: its view once the calendar has spoken.

    `typed`: its time was said and stays as it is; `other`: it stands in a field for any time;
    `fixed`: its day was said.
    """

    form: MeetingForm
    ref: Ref
    days: Days
    typed: bool = False
    other: bool = False
    fixed: bool = True

    def view(self, busy: Busy) -> View:
        """The whole form."""
        when = with_times(
            self.form.when,
            self.days,
            busy,
            typed=self.typed,
            other=self.other,
            fixed=self.fixed,
            week=self.ref.page or NO_WEEK,
        )
        return meeting_modal(self.form.at_time(when), self.ref)


def with_student(
    asker: Asker,
    form: MeetingForm,
    ref: Ref,
    *,
    session: Session,
    further: Sequence[int] = (),
    whose: int | None = None,
) -> MeetingForm:
    """The form with the student that `ref` is about, and the `further` ones of a group; all opened
    and audited. `whose` meeting it is, unless their own. Raises NotFound.
    """
    student, class_id = ref.student or 0, class_of(asker, ref, session=session)
    others = [one for one in dict.fromkeys(further) if one != student]
    possible = possible_attendees(
        asker.viewer,
        student,
        session=session,
        now=asker.now,
        class_id=class_id,
        students=others,
        whose=whose,
    )
    titles = {one.id: one.title for one in visible_classes(session, asker.viewer)}

    def met(one: int, of_class: int | None) -> WhoMet:
        name = title_of(asker.viewer, Ref(student=one), session=session)
        return WhoMet(one, name, titles.get(of_class or 0, ""))

    rest = tuple(met(one, class_of(asker, Ref(student=one), session=session)) for one in others)
    return replace(form, student=met(student, class_id), further=rest, possible=tuple(possible))


def as_seen(asker: Asker, ref: Ref, *, session: Session) -> MeetingView:
    """The meeting of a button, audited. Raises NotFound, and Conflict where it has changed."""
    view = meeting_of(asker.viewer, ref.meeting or 0, session=session, now=asker.now)
    if view.version != ref.version:
        meeting, zone = session.get_one(Meeting, view.id), ZoneInfo(view.zone)
        raise collision(meeting, asker.user.id, session=session, now=asker.now, zone=zone)
    return view


def class_of(asker: Asker, ref: Ref, *, session: Session) -> int | None:
    """The class that a meeting with a student belongs to: the one meant, else the first shared."""
    shared = classes_shared(session, asker.viewer, ref.student or 0)
    return ref.class_id if ref.class_id in shared else next(iter(shared), None)


def _when(asker: Asker, wish: Wish, now: datetime, *, session: Session) -> tuple[date, time]:
    """What was typed; for the rest the next school day, at an hour that is still to come."""
    if wish.day == now.date() and wish.at is None:
        return wish.day, _next_half_hour(now)
    if wish.day is not None:
        return wish.day, wish.at or USUAL_HOUR
    if wish.at is not None and wish.at > now.time():
        return now.date(), wish.at
    return _next_school_day(asker, now.date(), session=session), wish.at or USUAL_HOUR


def _next_half_hour(now: datetime) -> time:
    """The next full or half hour of today; the last minutes of a day stay there."""
    start = now + timedelta(minutes=5)
    ahead = start + timedelta(minutes=-start.minute % 30)
    return ahead.time().replace(second=0, microsecond=0) if ahead.date() == now.date() else time(23)


def _next_school_day(asker: Asker, today: date, *, session: Session) -> date:
    """The first school day after today; tomorrow where none comes for months."""
    coming = [today + timedelta(ahead) for ahead in range(1, LONGEST_BREAK)]
    workspace_id, person = asker.viewer.workspace_id, asker.user.id
    off = days_off(session, workspace_id, coming[0], coming[-1], user_id=person)
    return next((day for day in coming if off.has_school(day)), coming[0])


def zone_code(zone: str) -> str | None:
    """A zone as a form carries it, so that its times keep meaning what stands there: a person's
    zone may change meanwhile. None for the few whose names cannot be carried.
    """
    return None if "+" in zone else zone.replace("/", ".")


def form_zone(asker: Asker, ref: Ref, *, session: Session) -> ZoneInfo:
    """The zone that a form was opened in; that of whoever asks where it carries none."""
    carried = (ref.zone or "").replace(".", "/")
    return ZoneInfo(carried) if is_zone(carried) else own_zone(asker.viewer, session=session)
