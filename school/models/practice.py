"""Practice: answers as they came, and what is derived from them (sessions, daily progress).

The derived tables are a pure function of `answers` and the enrolments: importing in any order ends
in the same rows. All are clustered by workspace and student first.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import (
    Base,
    Code,
    EpochMillis,
    Key,
    Name,
    Short,
    WorkspaceKey,
    WorkspaceRef,
    new_id,
)


class Feed(Base):
    """Where practice comes from (one per kind and name). `data_through`: its newest answer."""

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    name: Mapped[Name]
    data_through: Mapped[datetime | None]


class Answer(Base):
    """One event as it came, once per skill that it names.

    `key` is a 63-bit hash of the row's content or of its own id, so that a repeated import meets
    itself; `copies` counts equal rows without an id in one file. `outcome`: 1 right, 0 wrong,
    2 hint asked for, 3 none (adds time only), 4 a whole session of `questions` of which `correct`
    were right (both null otherwise). `sequence` is the file's own order, where it has one.
    `seconds` is as recorded, null where missing.
    """

    __tablename__ = "answers"
    __table_args__ = (
        Index("ix_answers_time", "workspace_id", "answered_at"),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[WorkspaceKey]
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    answered_at: Mapped[datetime] = mapped_column(EpochMillis, primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skills.id"))
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    outcome: Mapped[int] = mapped_column(Integer)
    questions: Mapped[int | None]
    correct: Mapped[int | None]
    item: Mapped[Code | None]
    seconds: Mapped[float | None] = mapped_column(Float)
    hints: Mapped[int | None] = mapped_column(Integer)
    session_key: Mapped[Code | None]
    xp: Mapped[float | None] = mapped_column(Float)
    copies: Mapped[int] = mapped_column(Integer, default=1)
    run_id: Mapped[int] = mapped_column(BigInteger, default=0)
    run_copies: Mapped[int] = mapped_column(Integer, default=1)


class PracticeSession(Base):
    """A stretch of practice of one student.

    `skill_ids`: most questions first; `skill_questions`: how many each, in the same order.
    `day` is the local day on which it starts.
    """

    __tablename__ = "practice_sessions"
    __table_args__ = (
        Index("ix_practice_sessions_key", "workspace_id", "session_key"),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[WorkspaceKey]
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(EpochMillis, primary_key=True)
    session_key: Mapped[str] = mapped_column(String(255), primary_key=True, default="")
    ended_at: Mapped[datetime] = mapped_column(EpochMillis)
    day: Mapped[date]
    questions: Mapped[int]
    correct: Mapped[int]
    seconds: Mapped[float]
    seconds_estimated: Mapped[float]
    skill_ids: Mapped[list[int]]
    skill_questions: Mapped[list[int]]


class DailyProgress(Base):
    """One student's totals on one local day, a question of several skills counted once.

    `excess_sum` over `excess_count` is, at the day's end, the mean by which the student's answers
    so far exceed their classmates' means (METRICS, mastery estimate).
    """

    __tablename__ = "daily_progress"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace_id: Mapped[WorkspaceKey]
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    questions: Mapped[int]
    correct: Mapped[int]
    seconds: Mapped[float]
    seconds_estimated: Mapped[float]
    xp: Mapped[float]
    sessions: Mapped[int]
    excess_sum: Mapped[float]
    excess_count: Mapped[int]


class DailySkillProgress(Base):
    """One student's practice of one skill on one local day, and where it stood at the day's end.

    `weight_correct` and `weight_total` are A and N of the mastery estimate, `prior` is s at the
    last answer, `label` the mastery label kept with its hysteresis, `total_questions` and
    `total_correct` count from the first answer on; `mastered_at_question` is the question at which
    mastered was first reached and `mastered_on` its day.
    """

    __tablename__ = "daily_skill_progress"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace_id: Mapped[WorkspaceKey]
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    questions: Mapped[int]
    correct: Mapped[int]
    seconds: Mapped[float]
    estimate: Mapped[float]
    weight_correct: Mapped[float]
    weight_total: Mapped[float]
    prior: Mapped[float]
    label: Mapped[Short]
    total_questions: Mapped[int]
    total_correct: Mapped[int]
    mastered_at_question: Mapped[int | None]
    mastered_on: Mapped[date | None]


class StaleProgress(Base):
    """That a student's derived rows must be made again from this local day on.

    `stamp` changes with every marking: whoever clears a mark clears only the one that they saw.
    """

    __tablename__ = "stale_progress"

    workspace_id: Mapped[WorkspaceKey]
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    from_day: Mapped[date]
    stamp: Mapped[int] = mapped_column(BigInteger, default=new_id)


class ImportRun(Base):
    """One import: what kind, when, and how much. Never what was in it."""

    __tablename__ = "import_runs"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    kind: Mapped[Short]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)
