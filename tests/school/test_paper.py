"""Letter in the United States and Canada, A4 everywhere else."""

from zoneinfo import available_timezones

import pytest

from school.paper import LETTER_ZONES, paper_of


@pytest.mark.parametrize(
    ("zone", "paper"),
    [
        ("America/New_York", "letter"),
        ("America/Indiana/Knox", "letter"),
        ("America/Toronto", "letter"),
        ("Pacific/Honolulu", "letter"),
        ("US/Central", "letter"),
        ("America/Sao_Paulo", "a4"),
        ("Europe/Berlin", "a4"),
        ("UTC", "a4"),
    ],
)
def test_a_school_prints_on_the_paper_of_its_country(zone: str, paper: str) -> None:
    assert paper_of(zone) == paper


def test_every_zone_in_the_list_exists() -> None:
    assert available_timezones() >= LETTER_ZONES
