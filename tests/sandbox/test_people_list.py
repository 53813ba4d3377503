"""Who is there, page by page, and what the app may know of them."""

from dataclasses import replace

from slack_sdk import WebClient

from sandbox import Person, SandboxServer
from tests.sandbox.support import APP, CONFIG, GUEST, PARK, RUIZ, bot_client, raw, refusal


def test_everybody_is_listed_page_by_page(client: WebClient) -> None:
    first = client.users_list(limit=3)
    second = client.users_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [m["id"] for m in first["members"]] == [RUIZ, PARK, GUEST]
    assert [m["id"] for m in second["members"]] == [APP.bot_user_id]
    assert second["response_metadata"]["next_cursor"] == ""
    assert len(client.users_list()["members"]) == 4


def test_a_cursor_of_ones_own_making_is_refused(client: WebClient) -> None:
    assert refusal(client.users_list, cursor="nonsense") == "invalid_cursor"
    assert refusal(client.users_list, cursor="dXNlcjpVMA==") == "invalid_cursor"


def test_the_locale_is_given_to_who_asks(client: WebClient) -> None:
    assert "locale" not in client.users_info(user=RUIZ)["user"]
    assert client.users_info(user=RUIZ, include_locale=True)["user"]["locale"] == "en-US"
    assert client.users_list(include_locale=True)["members"][0]["locale"] == "en-US"


def test_guests_strangers_and_who_has_left_can_be_told() -> None:
    people = (
        Person("U1", "Left", "left@school.test", deleted=True),
        Person("U2", "Stranger", is_stranger=True, team_id="T0OTHER"),
        Person("U3", "Guest", is_restricted=True),
    )
    with SandboxServer(replace(CONFIG, people=people)) as slack:
        found = bot_client(slack)
        left, stranger, guest, _ = found.users_list()["members"]
        assert left["deleted"]
        assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0OTHER")
        assert guest["is_restricted"]
        lookup = found.users_lookupByEmail
        assert refusal(lookup, email="left@school.test") == "users_not_found"
        assert raw(slack, "conversations.open", users="U1")["error"] == "user_disabled"
