"""The demo school, built on days of different kinds, each once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from school.database import SessionFactory, make_engine, make_session_factory
from school.demo import DemoSchool, build_demo_school
from school.models import Base

Built = tuple[SessionFactory, DemoSchool, datetime]

DAYS = {
    "Tuesday morning": datetime(2026, 3, 3, 14, 30, tzinfo=UTC),
    "Sunday": datetime(2026, 11, 22, 15, 0, tzinfo=UTC),
    "Thursday night": datetime(2026, 12, 11, 2, 0, tzinfo=UTC),
}


def build(folder: Path, now: datetime) -> tuple[SessionFactory, DemoSchool]:
    engine = make_engine(f"sqlite:///{folder}/demo.db")
    Base.metadata.create_all(engine)
    session_factory = make_session_factory(engine)
    return session_factory, build_demo_school(session_factory, now=now)


@pytest.fixture(scope="session", params=DAYS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo school, built on days of different kinds."""
    now = DAYS[request.param]
    return *build(tmp_path_factory.mktemp("demo"), now), now
