"""The demo school's answers: who practised what on which day, and how it went."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from school.days import day_start, is_school_day, local_day, week_start
from school.demo.lists import HARDNESS, MIDDLE_SKILLS
from school.demo.stories import Story

WEEKS = 16
CHANGING_WEEKS = 8
WEEKEND = 0.08
"""The chance that a student practises on a day without school."""
OWN_SKILLS = 0.4
"""How much students differ in what comes easily to them, in log odds."""
RIGHT, WRONG, HINT = 1, 0, 2


@dataclass(frozen=True)
class Calendar:
    """The demo term: from a Monday 16 weeks back to today, in the school's zone."""

    now: datetime
    zone: ZoneInfo

    @cached_property
    def today(self) -> date:
        """The local day of `now`, the last of the term."""
        return local_day(self.now, self.zone)

    @cached_property
    def start(self) -> date:
        """The term's first day."""
        return week_start(self.today) - timedelta(weeks=WEEKS)

    @cached_property
    def holiday(self) -> date:
        """A Monday without school."""
        return self.start + timedelta(weeks=4)

    @cached_property
    def coming_holiday(self) -> date:
        """The Wednesday of next week, without school: for trying what is refused on such a day."""
        return week_start(self.today) + timedelta(days=9)

    def days(self) -> list[date]:
        """All days of the term, the first one first."""
        return [self.start + timedelta(n) for n in range((self.today - self.start).days + 1)]

    def monday(self, weeks_ago: int) -> date:
        """The Monday of the calendar week so many before this one."""
        return week_start(self.today) - timedelta(weeks=weeks_ago)

    def is_school_day(self, day: date) -> bool:
        """Whether there is school on a day."""
        return is_school_day(day, {self.holiday, self.coming_holiday})

    def weeks_ago(self, day: date) -> int:
        """How many calendar weeks before this one `day` lies."""
        return (week_start(self.today) - week_start(day)).days // 7


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """One event of a student: `outcome` 1 right, 0 wrong, 2 a hint asked for."""

    skill: str
    answered_at: datetime
    outcome: int
    item: str
    seconds: float | None
    session: str


def practise(
    story: Story, calendar: Calendar, rng: Random, skills: Sequence[str] = MIDDLE_SKILLS
) -> Iterator[DemoAnswer]:
    """All events of one student's term, in the order of time, none after `now`.

    `skills` are those of the class, in the order in which it meets them.
    """
    person = _Practice(story, calendar, rng, skills)
    days = _practised_days(story, calendar, rng)
    for day in days:
        skill = story.last_skill if day == days[-1] else None
        for answer in person.session(day, skill):
            if answer.answered_at <= calendar.now:
                yield answer


def _practised_days(story: Story, calendar: Calendar, rng: Random) -> list[date]:
    days = calendar.days()
    if story.absent:
        days = _until_absent(calendar, days, story.absent)
    chance = {True: story.days_a_week / 5, False: 0.0 if story.even else WEEKEND}
    chosen = [day for day in days if rng.random() < chance[calendar.is_school_day(day)]]
    if story.absent and days[-1] not in chosen:
        chosen.append(days[-1])
    if story.away is not None:
        most, least = story.away
        chosen = [day for day in chosen if not least <= calendar.weeks_ago(day) <= most]
    return [day for day in chosen if story.is_there(calendar.weeks_ago(day))]


def _until_absent(calendar: Calendar, days: list[date], absent: int) -> list[date]:
    """The days up to the school day after which `absent` school days, before today, were missed."""
    past = [day for day in days if day < calendar.today and calendar.is_school_day(day)]
    return [day for day in days if day <= past[-absent - 1]]


def met(skills: Sequence[str], calendar: Calendar, day: date) -> list[str]:
    """The skills of a class that it has met by `day`: three, then about one a week."""
    week = WEEKS - calendar.weeks_ago(day)
    return list(skills)[: 3 + math.ceil(week * 1.2)]


class _Practice:
    """One student at work: keeps the deck of skills, and what chance still owes an even story."""

    def __init__(
        self, story: Story, calendar: Calendar, rng: Random, skills: Sequence[str]
    ) -> None:
        self.story, self.calendar, self.rng, self.skills = story, calendar, rng, skills
        self.deck: list[str] = []
        self.owed: dict[str, float] = {}
        self.sessions = 0
        spread = 0.0 if story.even else OWN_SKILLS
        self.gifts = {skill: rng.gauss(0, spread) for skill in skills}

    def session(self, day: date, skill: str | None) -> Iterator[DemoAnswer]:
        """One session of a day: half on one skill and half on another, or all on `skill`."""
        moment = self._start(day)
        self.sessions += 1
        count = max(4, round(self.rng.gauss(self.story.questions, 2.5)))
        skills = [skill] * 2 if skill else [self._draw(day), self._draw(day)]
        items = self.rng.sample(range(1, 400), count)
        for number, item in enumerate(items):
            chosen = skills[2 * number // count]
            for answer in self._question(chosen, item, moment, day):
                moment = answer.answered_at + timedelta(seconds=self.rng.randint(2, 12))
                yield answer

    def _start(self, day: date) -> datetime:
        early = day == self.calendar.today or self.rng.random() < 0.7
        minutes = self.rng.uniform(475, 510) if early else self.rng.uniform(930, 1110)
        return day_start(day, self.calendar.zone) + timedelta(seconds=round(minutes * 60))

    def _draw(self, day: date) -> str:
        if not self.deck:
            met = self._met(day)
            self.deck = met + [met[-1]] + [skill for skill in self.story.often if skill in met] * 3
            self.rng.shuffle(self.deck)
        return self.deck.pop()

    def _met(self, day: date) -> list[str]:
        return met(self.skills, self.calendar, day)

    def _question(self, skill: str, item: int, moment: datetime, day: date) -> Iterator[DemoAnswer]:
        name = f"{skill.lower().replace(' ', '-')}-{item:03d}"
        session = f"session-{self.sessions}"
        right = self._is_right(skill, day)
        outcome = RIGHT if right else HINT if self.rng.random() < 0.1 else WRONG
        seconds = self._seconds()
        moment += timedelta(seconds=seconds)
        recorded = float(seconds) if self.rng.random() < 0.97 else None
        yield DemoAnswer(skill, moment, outcome, name, recorded, session)
        if not right and self.rng.random() < 0.4:
            again = self._seconds() // 2 + 1
            moment += timedelta(seconds=again)
            yield DemoAnswer(skill, moment, RIGHT, name, float(again), session)

    def _seconds(self) -> int:
        return round(min(self.rng.lognormvariate(3.8, 0.5), 280)) or 1

    def _is_right(self, skill: str, day: date) -> bool:
        chance = self._chance(skill, day)
        if not self.story.even:
            return self.rng.random() < chance
        # What is owed keeps the share of right answers near the chance, without a pattern.
        owed = self.owed.get(skill, 0.5) + chance
        right = owed > self.rng.random() * 0.6 + 0.7
        self.owed[skill] = owed - right
        return right

    def _chance(self, skill: str, day: date) -> float:
        if skill in self.story.fixed:
            return self.story.fixed[skill]
        weeks = min(self.calendar.weeks_ago(day), CHANGING_WEEKS)
        odds = self.story.level - self.story.change * weeks
        odds += HARDNESS.get(skill, 0.0) + self.gifts[skill]
        return 1 / (1 + math.exp(-odds))
