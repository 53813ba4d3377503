"""The people who meet, of the tests of meetings themselves."""

from tests.interventions.conftest import meeting_engines, session, staff

__all__ = ["meeting_engines", "session", "staff"]
