"""A small school written by hand: classes, students and the derived rows of their practice."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from school.models import (
    Answer,
    Assignment,
    AssignmentSkill,
    AssignmentStudent,
    Class,
    DailyProgress,
    DailySkillProgress,
    Enrolment,
    Feed,
    Holiday,
    PracticeSession,
    Skill,
    SkillPrerequisite,
    StaleProgress,
    Student,
    Term,
    Workspace,
)

ZONE = "America/New_York"
MADE = datetime(2024, 1, 1, tzinfo=UTC)


def day(text: str) -> date:
    """A day of 2024 as `05-13`, or any as `2023-12-31`."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


@dataclass
class SmallSchool:
    """Adds rows to one workspace; every id is the one that the database gives."""

    session: Session
    zone: str = ZONE
    workspace: Workspace = field(init=False)
    feed: Feed = field(init=False)

    def __post_init__(self) -> None:
        self.workspace = Workspace(name=f"School {self.zone}", timezone=self.zone, created_at=MADE)
        self._add(self.workspace)
        self.feed = Feed(workspace_id=self.workspace.id, name="practice", data_through=None)
        self._add(self.feed)

    def _add(self, *rows: Any) -> None:
        self.session.add_all(rows)
        self.session.flush()

    def data_through(self, moment: datetime) -> None:
        """The newest answer of the feed."""
        self.feed.data_through = moment
        self.session.flush()

    def a_class(self, title: str = "Maths", *, term: Term | None = None) -> int:
        """A class, by its id."""
        row = Class(
            workspace_id=self.workspace.id,
            source_id=title,
            title=title,
            term_id=term.id if term else None,
            created_at=MADE,
        )
        self._add(row)
        return row.id

    def a_term(self, title: str, starts: str, ends: str) -> Term:
        """An academic session."""
        row = Term(
            workspace_id=self.workspace.id,
            source_id=title,
            title=title,
            starts_on=day(starts),
            ends_on=day(ends),
        )
        self._add(row)
        return row

    def holiday(self, text: str) -> None:
        """A day without school."""
        self._add(Holiday(workspace_id=self.workspace.id, day=day(text), name="Holiday"))

    def a_student(
        self,
        name: str,
        *class_ids: int,
        source_id: str | None = None,
        starts: str | None = None,
        ends: str | None = None,
    ) -> int:
        """A student enrolled in these classes, by id."""
        given, _, family = name.partition(" ")
        row = Student(
            workspace_id=self.workspace.id,
            source_id=source_id or name,
            given_name=given,
            family_name=family,
            created_at=MADE,
        )
        self._add(row)
        for class_id in class_ids:
            self.enrol(row.id, class_id, starts=starts, ends=ends)
        return row.id

    def enrol(
        self, student_id: int, class_id: int, *, starts: str | None = None, ends: str | None = None
    ) -> None:
        """One enrolment."""
        self._add(
            Enrolment(
                workspace_id=self.workspace.id,
                class_id=class_id,
                student_id=student_id,
                starts_on=day(starts) if starts else None,
                ends_on=day(ends) if ends else None,
            )
        )

    def a_skill(self, name: str) -> int:
        """A skill, by its id."""
        row = Skill(workspace_id=self.workspace.id, source_id=name, name=name)
        self._add(row)
        return row.id

    def comes_before(self, prerequisite_id: int, skill_id: int) -> None:
        """That one skill is a prerequisite of another."""
        self._add(
            SkillPrerequisite(
                workspace_id=self.workspace.id,
                skill_id=skill_id,
                prerequisite_id=prerequisite_id,
            )
        )

    def practised(
        self,
        student_id: int,
        text: str,
        questions: int,
        correct: int,
        *,
        seconds: float = 60.0,
        estimated: float = 0.0,
        xp: float = 0.0,
    ) -> None:
        """One day of a student, and an answer that says which feed it came from."""
        on = day(text)
        self._add(
            DailyProgress(
                workspace_id=self.workspace.id,
                student_id=student_id,
                day=on,
                questions=questions,
                correct=correct,
                seconds=seconds,
                seconds_estimated=estimated,
                xp=xp,
                sessions=1,
                excess_sum=0.0,
                excess_count=questions,
            ),
            Answer(
                workspace_id=self.workspace.id,
                student_id=student_id,
                answered_at=datetime(on.year, on.month, on.day, 17, tzinfo=UTC),
                key=on.toordinal(),
                feed_id=self.feed.id,
                outcome=1,
            ),
        )

    def on_skill(
        self,
        student_id: int,
        skill_id: int,
        text: str,
        questions: int,
        correct: int,
        label: str,
        estimate: float,
        total: int | None = None,
        mastered: tuple[int, str] | None = None,
    ) -> None:
        """One day of a student with one skill, and where they stand after it.

        `mastered` is the question at which mastered was first reached, and its day.
        """
        self._add(
            DailySkillProgress(
                workspace_id=self.workspace.id,
                student_id=student_id,
                day=day(text),
                skill_id=skill_id,
                questions=questions,
                correct=correct,
                seconds=60.0,
                estimate=estimate,
                weight_correct=0.0,
                weight_total=0.0,
                prior=0.5,
                label=label,
                total_questions=total or questions,
                total_correct=correct,
                mastered_at_question=mastered[0] if mastered else None,
                mastered_on=day(mastered[1]) if mastered else None,
            )
        )

    def a_session(
        self, student_id: int, started_at: datetime, skill_ids: list[int], **totals: Any
    ) -> None:
        """One session of practice."""
        self._add(
            PracticeSession(
                workspace_id=self.workspace.id,
                student_id=student_id,
                started_at=started_at,
                ended_at=started_at,
                skill_ids=skill_ids,
                skill_questions=[totals["questions"]] * len(skill_ids),
                **totals,
            )
        )

    def an_assignment(
        self,
        class_id: int,
        due_at: datetime,
        *skill_ids: int,
        title: str = "Homework",
        assigned_at: datetime = MADE,
        questions: int = 10,
    ) -> int:
        """An assignment of a class, by its id."""
        row = Assignment(
            workspace_id=self.workspace.id,
            source_id=f"{class_id} {title} {due_at.isoformat()}",
            class_id=class_id,
            title=title,
            question_count=questions,
            difficulty="medium",
            assigned_at=assigned_at,
            due_at=due_at,
        )
        self._add(row)
        for skill_id in skill_ids:
            skill = {"assignment_id": row.id, "skill_id": skill_id}
            self._add(AssignmentSkill(workspace_id=self.workspace.id, **skill))
        return row.id

    def assign(self, assignment_id: int, *student_ids: int, **progress: Any) -> None:
        """These students' parts of it, each as far as `progress` says."""
        for student_id in student_ids:
            part = {"assignment_id": assignment_id, "student_id": student_id, **progress}
            self._add(AssignmentStudent(workspace_id=self.workspace.id, **part))

    def stale(self, student_id: int, text: str) -> None:
        """That the student's derived rows are to be made again."""
        self._add(
            StaleProgress(workspace_id=self.workspace.id, student_id=student_id, from_day=day(text))
        )
