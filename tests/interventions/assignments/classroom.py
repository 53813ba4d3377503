"""Leo, who finds Division and Fractions hard, and his classmates, with practice of November."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from interventions.assignments import create_assignment
from school.mastery import Mastery
from school.models import (
    Answer,
    Assignment,
    DailyProgress,
    DailySkillProgress,
    Feed,
    Skill,
    Student,
)
from tests.interventions.staff import NOW, Staff, _student, utc

LAST = date(2026, 11, 13)
"""The Friday before NOW, to which the data reach."""


@dataclass
class Classroom:
    """Adds practice to the staff's school."""

    session: Session
    staff: Staff
    feed: Feed

    def skill(self, name: str, **more: Any) -> int:
        """A skill, by its id."""
        row = Skill(workspace_id=self.staff.workspace, source_id=name, name=name, **more)
        self.session.add(row)
        self.session.flush()
        return row.id

    def practised(
        self,
        student: int,
        skill: int,
        questions: int,
        correct: int,
        label: Mastery = Mastery.IN_PROGRESS,
        day: date = LAST,
        estimate: float | None = None,
    ) -> None:
        """One day of a student with one skill, beside whatever else they did on it."""
        workspace = self.staff.workspace
        row = DailySkillProgress(
            workspace_id=workspace,
            student_id=student,
            day=day,
            skill_id=skill,
            questions=questions,
            correct=correct,
            seconds=60.0,
            estimate=correct / questions if estimate is None else estimate,
            weight_correct=0.0,
            weight_total=0.0,
            prior=0.5,
            label=label.value,
            total_questions=questions,
            total_correct=correct,
        )
        whole = self.session.get(DailyProgress, (workspace, student, day))
        if whole is None:
            whole = _day(workspace, student, day)
            self.session.add_all([whole, self._answer(student, day)])
        whole.questions += questions
        whole.correct += correct
        self.session.add(row)
        self.session.flush()

    def _answer(self, student: int, day: date) -> Answer:
        return Answer(
            workspace_id=self.staff.workspace,
            student_id=student,
            answered_at=utc(day.day, 17, month=day.month),
            key=day.toordinal(),
            feed_id=self.feed.id,
            outcome=1,
        )

    def another(self, name: str) -> int:
        """One more student of the Maths class."""
        return _student(self.session, self.staff.workspace, name, self.staff.maths).id

    def leo(self) -> Student:
        """Leo's row."""
        return self.session.get_one(Student, self.staff.leo)

    def set(self, *skills: int, **more: Any) -> Assignment:
        """Practice that Ms Ruiz sets Leo until Friday."""
        data = data_for(self.staff.leo, *skills)
        data |= {name: more.pop(name) for name in list(more) if name in data}
        given = {"session": self.session, "now": NOW, **more}
        return create_assignment(self.staff.ruiz, data, **given)


def data_for(student: int, *skills: int) -> dict[str, Any]:
    """An assignment as the specification has it."""
    return {
        "title": "Division & Fractions Practice",
        "description": "Practice assignment to help improve your skills",
        "student_ids": [student],
        "skill_ids": list(skills),
        "question_count": 15,
        "difficulty": "easy",
        "due_date": date(2026, 11, 20),
    }


def lay_out_practice(session: Session, staff: Staff) -> Classroom:
    """A source of practice whose newest answer is of Friday afternoon."""
    feed = Feed(workspace_id=staff.workspace, name="practice", data_through=utc(13, 20))
    session.add(feed)
    session.flush()
    return Classroom(session, staff, feed)


def _day(workspace: int, student: int, day: date) -> DailyProgress:
    return DailyProgress(
        workspace_id=workspace,
        student_id=student,
        day=day,
        questions=0,
        correct=0,
        seconds=60.0,
        seconds_estimated=0.0,
        xp=0.0,
        sessions=1,
        excess_sum=0.0,
        excess_count=0,
    )


def days_ago(number: int) -> date:
    """A day before the last one with data."""
    return LAST - timedelta(days=number)
