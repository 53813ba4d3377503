"""Who the token is, what it may do, and how a call that cannot be made is refused."""

from tests.contract.places import Place
from tests.contract.support import outcome, refused


def test_a_bot_learns_who_and_where_it_is(place: Place) -> None:
    answer = place.bot.auth_test()
    assert answer["user_id"] == place.bot_user
    assert answer["team_id"].startswith("T")
    assert answer["bot_id"].startswith("B")
    assert answer["team"] == "Sandbox School"


def test_an_unknown_token_is_refused(place: Place) -> None:
    call = place.with_token("xoxb-unknown").auth_test
    assert outcome(call) == place.expected("invalid_auth", "invalid_auth")


def test_no_token_is_refused(place: Place) -> None:
    assert refused(place.with_token("").auth_test) == "not_authed"


def test_an_unknown_method_is_refused_by_name(place: Place) -> None:
    found = refused(place.bot.api_call, api_method="chat.shout")
    assert found == place.expected("unknown_method", "unknown_method")


def test_a_missing_scope_is_named(place: Place) -> None:
    answer = place.weak.api_call
    assert refused(answer, api_method="users.info", json={"user": place.person}) == "missing_scope"
    assert refused(place.weak.chat_postMessage, channel=place.person, text="x") == "missing_scope"


def test_scopes_are_said_with_each_answer(place: Place) -> None:
    said = place.bot.auth_test().headers.get("x-oauth-scopes", "")
    assert ("chat:write" in said) == place.expected("x-oauth-scopes", True)


def test_arguments_may_come_as_a_form_or_as_json(place: Place) -> None:
    for given in ({"params": {"user": place.person}}, {"json": {"user": place.person}}):
        answer = place.bot.api_call("users.info", http_verb="POST", **given)
        assert answer["user"]["id"] == place.person


def test_reading_methods_answer_get_as_well(place: Place) -> None:
    given = {"user": place.person}
    answer = place.bot.api_call("users.info", http_verb="GET", params=given)
    assert answer["user"]["id"] == place.person
