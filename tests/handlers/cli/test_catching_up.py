"""What was left half-derived is finished when the bot starts."""

import logging
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from bot.settings import Settings
from handlers.cli.catching_up import catch_up
from handlers.cli.opening import OpenSchool, open_school
from school.imports.practice import import_practice
from school.models import DailyProgress, StaleProgress
from school.workspaces import ensure_workspace

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
ANSWER = "student_id,skill,answered_at,correct\nkim,Adding,2026-03-06T03:00:00Z,1\n"


def settings(folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder}/h.db", tz_default="America/New_York")


def practise(school: OpenSchool, folder: Path) -> None:
    file = folder / "answers.csv"
    file.write_text(ANSWER)
    factory, workspace = school.session_factory, school.workspace_id
    import_practice(file, session_factory=factory, workspace_id=workspace, class_title="5", now=NOW)


def days(school: OpenSchool) -> list[date]:
    with school.session_factory() as session:
        return list(session.scalars(select(DailyProgress.day)))


def test_days_of_a_new_time_zone_are_derived_at_the_start(tmp_path: Path) -> None:
    with open_school(settings(tmp_path)) as school:
        practise(school, tmp_path)
        assert days(school) == [date(2026, 3, 5)]
        with school.session_factory.begin() as session:
            ensure_workspace(session, zone=ZoneInfo("Asia/Kathmandu"), now=NOW)
        catch_up(school).join()
        assert days(school) == [date(2026, 3, 6)]
        with school.session_factory() as session:
            assert session.scalar(select(func.count()).select_from(StaleProgress)) == 0


def test_a_database_that_fails_leaves_the_marks_for_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_school(settings(tmp_path)) as school, caplog.at_level(logging.WARNING):
        with school.engine.begin() as connection:
            connection.execute(text("DROP TABLE stale_progress"))
        catch_up(school).join()
    assert "not up to date" in caplog.text
