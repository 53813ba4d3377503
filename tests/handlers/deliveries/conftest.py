"""The people who meet, of the tests of meetings themselves."""

from tests.interventions.conftest import staff

__all__ = ["staff"]
