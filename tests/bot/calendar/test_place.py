"""Where calendars are, and that nothing is said of the way in."""

import pytest

from bot.calendar.place import calendar_place
from bot.settings import GivenSettings

URL = "https://home%40room:p%40ss%3Aw%2Frd@dav.school.test:8443/cal/{email}/main"


def test_the_way_in_is_decoded_and_the_address_is_without_it() -> None:
    place = calendar_place(URL)
    assert (place.user, place.password) == ("home@room", "p@ss:w/rd")
    assert place.of("ana+b@school.test ") == (
        "https://dav.school.test:8443/cal/ana%2Bb%40school.test/main/"
    )
    assert place.above == "https://dav.school.test:8443/cal/"
    assert not place.is_shared
    assert "p@ss" not in repr(place)


def test_without_an_email_there_is_one_calendar_for_all() -> None:
    place = calendar_place("https://dav.school.test/meetings")
    assert place.is_shared
    assert place.of("ana@school.test") == place.above == "https://dav.school.test/meetings/"
    assert (place.user, place.password) == (None, None)


@pytest.mark.parametrize(
    "url", ["dav.school.test/x", "ftp://u:secret@host/", "https://u:secret@h:x/"]
)
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="https://") as refused:
        GivenSettings(caldav_url=url)
    assert "it begins with" in str(refused.value) or "it is no address" in str(refused.value)
    with pytest.raises(ValueError, match="such as") as bare:
        calendar_place(url)
    assert "secret" not in str(bare.value)


@pytest.mark.parametrize(
    "url", ["https://u:secret@{email}/cal/", "https://{email}:secret@h/x/", "https://h{email}/x/"]
)
def test_an_address_of_a_teacher_chooses_no_server(url: str) -> None:
    with pytest.raises(ValueError, match="behind the server's name") as refused:
        calendar_place(url)
    assert "secret" not in str(refused.value)
