"""A small school by hand: two classes, names of all sorts, practice of the last weeks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete

from school.database import SessionFactory
from school.mastery import Mastery
from school.models import (
    ClassTeacher,
    DailySkillProgress,
    Enrolment,
    PracticeSession,
    Skill,
    Student,
    User,
    Workspace,
)
from tests.analytics.school import SmallSchool

RUIZ = "U0RUIZ"
TEAM = "T0SANDBOX"
MATHS = ("Maya Okafor", "Leo Park", "Sam O'Neil", "Ana Ruiz", "李 小龙", "Alex Kim", "Alex Kim")
SCIENCE = ("Mia Olsen", "Ben Stone")
SKILLS = ("Fractions", "Ratio", "Place value", "Division")


@dataclass(frozen=True)
class School:
    """Ids by name. `maths` is Ms Ruiz's class, `science` Mr Moss's."""

    workspace_id: int
    maths: int
    science: int
    students: dict[str, int]
    today: datetime

    def leave_all_classes(self, factory: SessionFactory) -> None:
        """From now on nobody teaches anything."""
        with factory.begin() as session:
            session.execute(delete(ClassTeacher))

    def add_skills(self, factory: SessionFactory, name: str, count: int) -> None:
        """So many more skills that a student practised yesterday."""
        student = self.students[name]
        day = (self.today - timedelta(days=1)).date()
        with factory.begin() as session:
            for number in range(count):
                skill = Skill(
                    workspace_id=self.workspace_id,
                    source_id=f"skill-{number}",
                    name=f"Skill number {number}",
                )
                session.add(skill)
                session.flush()
                session.add(skill_day(self.workspace_id, student, skill.id, day))

    def add_students(self, factory: SessionFactory, count: int) -> None:
        """So many more students of Ms Ruiz's class, none of whom has practised."""
        with factory.begin() as session:
            for number in range(count):
                student = Student(
                    workspace_id=self.workspace_id,
                    source_id=f"more-{number}",
                    given_name="Nova",
                    family_name=f"Quill {number:02}",
                    created_at=self.today,
                )
                session.add(student)
                session.flush()
                enrolment = Enrolment(
                    workspace_id=self.workspace_id, class_id=self.maths, student_id=student.id
                )
                session.add(enrolment)

    def unbind(self, factory: SessionFactory) -> None:
        """The workspace belongs to no Slack team any more."""
        with factory.begin() as session:
            session.get_one(Workspace, self.workspace_id).slack_team_id = None

    @property
    def names(self) -> list[str]:
        return [*MATHS, *SCIENCE]


def lay_out_school(factory: SessionFactory, now: datetime) -> School:
    with factory.begin() as session:
        small = SmallSchool(session)
        small.workspace.slack_team_id = TEAM
        maths, science = small.a_class("Grade 5 Maths"), small.a_class("Grade 6 Science")
        workspace_id = small.workspace.id
        for slack_id, name, role, taught in (
            (RUIZ, "Ms Ruiz", "teacher", [maths]),
            ("U0MOSS", "Mr Moss", "teacher", [science]),
            ("U0ADMIN", "Ms Head", "administrator", []),
            ("U0GUEST", "A Guest", "teacher", [maths]),
        ):
            user = User(
                workspace_id=workspace_id,
                email=f"{slack_id}@school.test",
                name=name,
                role=role,
                slack_user_id=slack_id,
                created_at=now,
            )
            session.add(user)
            session.flush()
            for one in taught:
                session.add(ClassTeacher(workspace_id=workspace_id, class_id=one, user_id=user.id))
        students: dict[str, int] = {}
        skills = [small.a_skill(name) for name in SKILLS]
        for number, name in enumerate((*MATHS, *SCIENCE)):
            where = maths if number < len(MATHS) else science
            key = f"{name}-{number}" if name in students else name
            students[key] = small.a_student(name, where, source_id=f"s-{number}")
            if name != "Ana Ruiz":
                practise(small, students[key], number, skills, now)
        session.get_one(Student, students["Leo Park"]).slack_user_id = "U0LEO"
        small.data_through(now)
    return School(workspace_id, maths, science, students, now)


def practise(
    small: SmallSchool, student: int, number: int, skills: list[int], now: datetime
) -> None:
    """Twenty days of practice, the last one yesterday."""
    for back in range(1, 40, 2):
        day = (now - timedelta(days=back)).astimezone(UTC).date().isoformat()
        right = 4 + (number + back) % 5
        small.practised(student, day, 10, right)
        for skill in skills[:2]:
            label = Mastery.NEEDS_WORK if skill == skills[0] else Mastery.MASTERED
            small.on_skill(student, skill, day, 5, right // 2, label.value, 0.6)
    started = now - timedelta(days=1)
    sitting = PracticeSession(
        workspace_id=small.workspace.id,
        student_id=student,
        started_at=started,
        ended_at=started,
        day=started.date(),
        questions=10,
        correct=7,
        seconds=600.0,
        seconds_estimated=0.0,
        skill_ids=skills[:1],
        skill_questions=[10],
    )
    small.session.add(sitting)


def skill_day(workspace_id: int, student: int, skill: int, day: date) -> DailySkillProgress:
    """Five questions on one skill, three of them right."""
    return DailySkillProgress(
        workspace_id=workspace_id,
        student_id=student,
        day=day,
        skill_id=skill,
        questions=5,
        correct=3,
        seconds=60.0,
        estimate=0.6,
        weight_correct=3.0,
        weight_total=5.0,
        prior=0.5,
        label=Mastery.IN_PROGRESS.value,
        total_questions=5,
        total_correct=3,
    )
