"""A toy bot that uses each thing the sandbox offers once."""

import threading
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

Body = dict[str, Any]


def plain(text: str) -> Body:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Body:
    """A section of Slack's markup."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def option(text: str, value: str) -> Body:
    """An option of a menu."""
    return {"text": plain(text), "value": value}


def card(title: str) -> list[Body]:
    """A report with a button, a menu and an external select."""
    return [
        mrkdwn(title),
        {
            "type": "actions",
            "block_id": "card",
            "elements": [
                {"type": "button", "action_id": "more", "text": plain("More"), "value": "1"},
                {"type": "button", "action_id": "stuck", "text": plain("Stuck"), "value": "2"},
                {
                    "type": "static_select",
                    "action_id": "range",
                    "placeholder": plain("Range"),
                    "options": [option("7 days", "7d"), option("30 days", "30d")],
                },
                {
                    "type": "external_select",
                    "action_id": "student",
                    "placeholder": plain("Student"),
                    "min_query_length": 0,
                },
                {"type": "datepicker", "action_id": "day", "initial_date": "2026-05-12"},
            ],
        },
    ]


def form(title: str = "New goal") -> Body:
    """A modal with fields of several sorts."""
    return {
        "type": "modal",
        "callback_id": "goal",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {
                "type": "input",
                "block_id": "name",
                "label": plain("Name"),
                "element": {"type": "plain_text_input", "action_id": "text", "max_length": 20},
            },
            {
                "type": "input",
                "block_id": "note",
                "optional": True,
                "label": plain("Note"),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "note",
                    "multiline": True,
                    "initial_value": "as before",
                },
            },
            {
                "type": "actions",
                "block_id": "inside",
                "elements": [
                    {"type": "button", "action_id": "deeper", "text": plain("Deeper")},
                    {"type": "button", "action_id": "refresh", "text": plain("Refresh")},
                ],
            },
        ],
    }


def student_report_command(ack: Ack, command: Body, client: WebClient) -> None:
    """The pointer at once, the report by direct message."""
    ack(text=f"{command['text']}'s report is in your messages", response_type="ephemeral")
    client.chat_postMessage(
        channel=command["user_id"], text="A report", blocks=card(f"*{command['text']}* is well")
    )


def slow_command(ack: Ack) -> None:
    """Too late."""
    threading.Event().wait(0.7)
    ack("never seen")


def bad_command(ack: Ack) -> None:
    """A header that is too long."""
    ack(text="x", blocks=[{"type": "header", "text": plain("x" * 151)}])


def loud_command(ack: Ack) -> None:
    """For everyone."""
    ack(text="Hear, hear", response_type="in_channel")


def ask_command(ack: Ack, body: Body, client: WebClient) -> None:
    """A form."""
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=form())


def more_action(ack: Ack, respond: Respond) -> None:
    """Replace the card."""
    ack()
    respond(text="More of it", blocks=[mrkdwn("More of it")], replace_original=True)


def range_action(ack: Ack, body: Body, client: WebClient) -> None:
    """Edit the card."""
    ack()
    chosen = body["actions"][0]["selected_option"]["value"]
    client.chat_update(
        channel=body["channel"]["id"],
        ts=body["container"]["message_ts"],
        text=f"Range {chosen}",
        blocks=card(f"Range {chosen}"),
    )


def chosen_action(ack: Ack, respond: Respond, action: Body) -> None:
    """Say what was chosen."""
    ack()
    chosen = action.get("selected_option") or {}
    respond(text=f"Chose {chosen.get('value') or action.get('selected_date')}")


def student_options(ack: Ack, payload: Body) -> None:
    """Offer names that begin so."""
    names = ("Maya", "Mia", "Leo")
    found = [n for n in names if n.lower().startswith(payload["value"].lower())]
    ack(options=[option(n, n.lower()) for n in found])


def stuck_action() -> None:
    """Never acknowledges."""
    threading.Event().wait(0.7)


def deeper_action(ack: Ack, body: Body, client: WebClient) -> None:
    """One modal more."""
    ack()
    client.views_push(trigger_id=body["trigger_id"], view=form("Deeper goal"))


def refresh_action(ack: Ack, body: Body, client: WebClient) -> None:
    """The same modal, newer."""
    ack()
    view = body["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=form("Newer goal"))


def goal_submitted(ack: Ack, body: Body, client: WebClient) -> None:
    """Each name makes the modal go another way."""
    values = body["view"]["state"]["values"]
    name = values["name"]["text"]["value"]
    if name == "wrong":
        ack(response_action="errors", errors={"name": "Not that name"})
    elif name == "broken":
        ack(response_action="errors", errors={"nowhere": "?"})
    elif name == "again":
        ack(response_action="update", view=form("Again"))
    elif name == "next":
        ack(response_action="push", view=form("Next goal"))
    elif name == "all":
        ack(response_action="clear")
    else:
        ack()
        note = values["note"]["note"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=f"Saved {name} ({note})")


def goal_closed(ack: Ack, body: Body, client: WebClient) -> None:
    """Notice that the form was given up."""
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text="Given up")


def new_goal_shortcut(ack: Ack, shortcut: Body, client: WebClient) -> None:
    """Open the form from anywhere."""
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=form())


def about_message_shortcut(ack: Ack, shortcut: Body, respond: Respond) -> None:
    """Repeat what the message says, where it stands."""
    ack()
    respond(f"About {shortcut['message']['text']} in {shortcut['channel']['name']}")


def home_opened(event: Body, client: WebClient) -> None:
    """Publish the Home."""
    if event["tab"] == "home":
        view = {"type": "home", "blocks": [mrkdwn("*Good morning*"), *card("Today")[1:]]}
        client.views_publish(user_id=event["user"], view=view)


def direct_message(event: Body, client: WebClient) -> None:
    """Say it back."""
    client.chat_postMessage(channel=event["channel"], text=f"You said {event['text']}")


def register(app: App) -> None:
    """Everything above, by its id."""
    app.command("/student-report")(student_report_command)
    app.command("/slow")(slow_command)
    app.command("/bad")(bad_command)
    app.command("/loud")(loud_command)
    app.command("/ask")(ask_command)
    app.action("more")(more_action)
    app.action("range")(range_action)
    app.action("student")(chosen_action)
    app.action("day")(chosen_action)
    app.action("stuck")(stuck_action)
    app.action("deeper")(deeper_action)
    app.action("refresh")(refresh_action)
    app.options("student")(student_options)
    app.shortcut("new_goal")(new_goal_shortcut)
    app.shortcut({"type": "message_action", "callback_id": "about"})(about_message_shortcut)
    app.view("goal")(goal_submitted)
    app.view_closed("goal")(goal_closed)
    app.event("app_home_opened")(home_opened)
    app.event("message")(direct_message)
