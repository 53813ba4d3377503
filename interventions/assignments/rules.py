"""What an assignment may be: refusals stand on their field and say what to do."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from analytics.targeted import DUE_IN_DAYS, Difficulty
from analytics.wording import date_words
from interventions.assignments.shapes import AssignmentData
from interventions.given import check_text, moment_of
from school.days import local_day
from school.days_off import days_off, holiday_name
from school.errors import InvalidInput
from school.hours import DaysOff, local_moment
from school.models import AssignmentSkill, DailySkillProgress, Skill
from school.zones import zone_of

LONGEST_TITLE, LONGEST_DESCRIPTION = 200, 2000
QUESTIONS = range(1, 101)
MOST_SKILLS, MOST_STUDENTS = 20, 100
FARTHEST = timedelta(days=366)
END_OF_DAY = time(23, 59)
LONGEST_BREAK = 120
"""So many days are looked through for the next school day."""


def checked(data: AssignmentData) -> AssignmentData:
    """The same with clean text, where all of it may be so. Raises InvalidInput on its field."""
    return replace(
        data,
        due_date=_due(data.due_date),
        title=_title(data.title),
        description=_description(data.description),
        student_ids=_some(data.student_ids, "student_ids", "student", MOST_STUDENTS),
        skill_ids=_some(data.skill_ids, "skill_ids", "skill", MOST_SKILLS),
        question_count=_questions(data.question_count),
        difficulty=_difficulty(data.difficulty),
    )


def check_skills(skill_ids: Iterable[int], workspace_id: int, *, session: Session) -> None:
    """Raises InvalidInput on `skill_ids` where one is not practised or taught here."""
    wanted = set(skill_ids)
    practised = exists().where(
        DailySkillProgress.workspace_id == workspace_id, DailySkillProgress.skill_id == Skill.id
    )
    assigned = exists().where(AssignmentSkill.skill_id == Skill.id)
    query = select(Skill.id).where(
        Skill.workspace_id == workspace_id,
        Skill.id.in_(wanted),
        or_(Skill.is_listed, assigned, practised),
    )
    if wanted - set(session.scalars(query)):
        raise InvalidInput("skill_ids", "One of these skills is not practised here. Choose again.")


def due_moment(
    due: date | datetime, workspace_id: int, class_id: int, *, session: Session, now: datetime
) -> datetime:
    """When it is due: the end of a day by the school's clock. Raises InvalidInput on `due_date`.

    It is to come, within a year, and on a school day of the class.
    """
    zone = zone_of(session, workspace_id)
    moment = _moment(due, zone)
    day, today = local_day(moment, zone), local_day(now, zone)
    if moment <= now:
        words = f"{date_words(day, today)} has passed. Choose a day to come."
        raise InvalidInput("due_date", words)
    if moment > now + FARTHEST:
        raise InvalidInput("due_date", "That is more than a year ahead. Choose an earlier day.")
    off = _days_off(workspace_id, class_id, day, session=session)
    if not off.has_school(day):
        following = date_words(_first_school_day(day, off), today)
        name = holiday_name(session, workspace_id, day)
        why = f" ({name})" if name else ""
        words = f"{date_words(day, today)} is no school day{why}. The next one is {following}."
        raise InvalidInput("due_date", words)
    return moment


def usual_due_day(
    workspace_id: int, class_id: int | None, *, session: Session, now: datetime
) -> date:
    """Three calendar days on, or the next school day after that (METRICS: targeted assignment)."""
    zone = zone_of(session, workspace_id)
    day = local_day(now, zone) + timedelta(DUE_IN_DAYS)
    return _first_school_day(day, _days_off(workspace_id, class_id, day, session=session))


def _due(due: date | datetime) -> date | datetime:
    """A day, or a moment in UTC. Raises InvalidInput on `due_date`."""
    if not isinstance(due, date):
        raise InvalidInput("due_date", "Say a day, or a moment with its time zone.")
    return moment_of(due, "due_date") if isinstance(due, datetime) else due


def _moment(due: date | datetime, zone: ZoneInfo) -> datetime:
    return due if isinstance(due, datetime) else _end_of(due, zone)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    try:
        return local_moment(day, END_OF_DAY, zone)
    except OverflowError:  # the last day that there is, which the calendar offers
        raise InvalidInput("due_date", "Choose an earlier day.") from None


def _days_off(workspace_id: int, class_id: int | None, day: date, *, session: Session) -> DaysOff:
    last = day + timedelta(LONGEST_BREAK)
    return days_off(session, workspace_id, day, last, class_id=class_id)


def _first_school_day(day: date, off: DaysOff) -> date:
    """The day itself or the first school day after it; itself where none comes for months."""
    coming = (day + timedelta(ahead) for ahead in range(LONGEST_BREAK))
    return next((one for one in coming if off.has_school(one)), day)


def _title(text: str) -> str:
    check_text(text, "title")
    title = " ".join(_without_controls(text, kept="").split())
    if not title:
        raise InvalidInput("title", "Give the assignment a title.")
    if len(title) > LONGEST_TITLE:
        words = f"The title has {len(title):,} characters. Use {LONGEST_TITLE} at most."
        raise InvalidInput("title", words)
    return title


def _description(text: str) -> str:
    check_text(text, "description")
    description = _without_controls(text, kept="\n\t").strip()
    if len(description) > LONGEST_DESCRIPTION:
        length = f"{len(description):,} characters"
        words = f"The description has {length}. Use {LONGEST_DESCRIPTION:,} at most."
        raise InvalidInput("description", words)
    return description


def _without_controls(text: str, *, kept: str) -> str:
    """The text without what no database or screen takes, such as NUL and halves of characters."""
    spaced = text if "\n" in kept else text.replace("\n", " ").replace("\t", " ")
    return "".join(
        one for one in spaced if one in kept or unicodedata.category(one) not in ("Cc", "Cs")
    )


def _some(ids: tuple[int, ...], field: str, what: str, most: int) -> tuple[int, ...]:
    """Each once, at least one and not too many."""
    found = tuple(dict.fromkeys(ids))
    if not found:
        raise InvalidInput(field, f"Choose at least one {what}.")
    if len(found) > most:
        raise InvalidInput(field, f"These are {len(found)} {what}s. Choose {most} at most.")
    return found


def _questions(number: int) -> int:
    if isinstance(number, bool) or number not in QUESTIONS:
        words = f"Set {QUESTIONS.start} to {QUESTIONS.stop - 1} questions."
        raise InvalidInput("question_count", words)
    return int(number)


def _difficulty(text: str) -> str:
    try:
        return Difficulty(text).value
    except ValueError:
        raise InvalidInput("difficulty", "It is one of: easy, medium, hard.") from None
