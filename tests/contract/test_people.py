"""Who is there."""

from tests.contract.places import PARK, RUIZ, Place
from tests.contract.support import refused


def test_a_person_is_found_by_id_and_by_address(place: Place) -> None:
    by_id = place.bot.users_info(user=place.person)["user"]
    by_address = place.bot.users_lookupByEmail(email=RUIZ)["user"]
    assert by_id["id"] == by_address["id"] == place.person
    assert by_id["profile"]["email"] == RUIZ
    assert by_id["is_bot"] is False
    assert by_id["deleted"] is False


def test_a_persons_zone_is_known(place: Place) -> None:
    user = place.bot.users_info(user=place.person, include_locale=True)["user"]
    assert user.get("tz") == place.expected("users.info: tz", "America/New_York")
    assert user.get("locale") == place.expected("users.info: locale", "en-US")


def test_a_guest_can_be_told(place: Place) -> None:
    user = place.bot.users_info(user=place.person)["user"]
    for flag in ("is_restricted", "is_ultra_restricted"):
        assert user.get(flag) is place.expected("users.info: guests", False)


def test_nobody_is_not_found(place: Place) -> None:
    assert refused(place.bot.users_info, user="U0NOBODY") == "user_not_found"
    call = place.bot.users_lookupByEmail
    assert refused(call, email="nobody@school.test") == "users_not_found"


def test_everybody_is_listed_page_by_page(place: Place) -> None:
    seen: list[str] = []
    cursor = ""
    for _ in range(20):
        page = place.bot.users_list(limit=1, cursor=cursor)
        assert len(page["members"]) == 1
        seen += [m["id"] for m in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert {place.person, place.other, place.bot_user} <= set(seen)


def test_addresses_are_in_the_list_too(place: Place) -> None:
    members = place.bot.users_list()["members"]
    addresses = {m["profile"].get("email") for m in members}
    assert {RUIZ, PARK} <= addresses
