"""A class with practice, and the product's templates in the database."""

import pytest
from sqlalchemy.orm import Session

from interventions.messages import seed_templates
from school.models import Student
from tests.interventions.assignments.classroom import Classroom, lay_out_practice
from tests.interventions.staff import NOW, Staff


@pytest.fixture
def room(session: Session, staff: Staff) -> Classroom:
    """The session's school, with a source of practice."""
    return lay_out_practice(session, staff)


@pytest.fixture
def seeded(session: Session, staff: Staff) -> Staff:
    """The same people, the templates, and Leo in Slack; Ben has no way to be reached."""
    seed_templates(session, now=NOW)
    session.get_one(Student, staff.leo).slack_user_id = "U0LEO"
    session.get_one(Student, staff.ben).email = None
    session.flush()
    return staff
