"""Everything that a person can do, each as one method.

The page, the admin addresses and the tests all come through here. A conversation may be named by
its id, as `#name`, or left empty for the person's direct messages with the app.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sandbox.blocks import find_element
from sandbox.courier import Courier, Envelope
from sandbox.people import answers, payloads
from sandbox.people.fields import field_problems
from sandbox.people.outcome import Outcome
from sandbox.people.seeing import Seeing
from sandbox.records import Conversation, Entered, Message, View
from sandbox.state import options_of
from sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


class People(Seeing):
    """What the people of the workspace do and see."""

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        super().__init__(workspace)
        self.courier = courier

    # typing

    def command(self, user: str, channel: str, name: str, text: str = "") -> Outcome:
        """Enter a slash command. Its failure is shown to the person as Slack shows it."""
        where = self._present(user, channel)
        if name not in {c.name for c in self.workspace.config.app.commands}:
            return self._command_failed(user, where, f"{name} is not a valid command.", "unknown")
        payload = payloads.command_payload(self.workspace, user, where, name, escape(text))
        envelope = Envelope("slash_commands", payload, "command", name, user, wants_answer=True)
        answer = self.courier.deliver(envelope, partial(answers.check_command, self.workspace))
        if not answer.ok:
            words = f'{name} failed with the error "{answer.outcome}"'
            return self._command_failed(user, where, words, answer.outcome, answer.seconds)
        typed = f"{name} {text}".strip()
        shown = answers.show_command_answer(self.workspace, user, where.id, typed, answer.body)
        return Outcome(True, seconds=answer.seconds, message=shown, view=self.modal(user))

    def _command_failed(
        self, user: str, where: Conversation, words: str, error: str, seconds: float = 0.0
    ) -> Outcome:
        shown = answers.show_from_slack(self.workspace, user, where.id, words)
        return Outcome(False, error, seconds, shown)

    def say(self, user: str, channel: str, text: str) -> Message:
        """Write a plain message; the app hears of it in its direct messages."""
        where = self._present(user, channel)
        content: dict[str, Any] = {"text": escape(text), "blocks": []}
        message = answers.show(self.workspace, where.id, content, None, author=user)
        if where.is_im:
            event = {
                "type": "message",
                "channel": where.id,
                "user": user,
                "text": message.text,
                "ts": message.ts,
                "event_ts": message.ts,
                "team": self.workspace.config.team_id,
                "channel_type": "im",
            }
            self._event("message.im", user, event)
        return message

    def shortcut(self, user: str, callback_id: str, message: Message | None = None) -> Outcome:
        """Choose a global shortcut, or a message shortcut on a message.

        Raises LookupError when the app has no such shortcut, or when only its person sees the
        message: there Slack offers none.
        """
        self.workspace.person(user)
        kind = "global" if message is None else "message"
        if (callback_id, kind) not in _shortcuts(self.workspace):
            raise LookupError(f"there is no {kind} shortcut {callback_id!r}")
        if message is None:
            payload = payloads.shortcut_payload(self.workspace, user, callback_id)
        elif message.ephemeral_for is None:
            payload = payloads.message_shortcut_payload(self.workspace, user, message, callback_id)
        else:
            raise LookupError("ephemeral messages have no shortcuts")
        answer = self.courier.deliver(
            Envelope("interactive", payload, "shortcut", callback_id, user)
        )
        return Outcome(answer.ok, _error(answer.outcome), answer.seconds, view=self.modal(user))

    # App Home and events

    def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home (or its `messages`) tab; the app hears of it."""
        conversation = self.workspace.direct_messages(user)
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": user,
            "channel": conversation.id,
            "tab": tab,
            "event_ts": self.workspace.new_ts(),
        }
        home = self.home(user)
        if home is not None and tab == "home":
            event["view"] = payloads.where_data(self.workspace, user, home)["view"]
        self._event("app_home_opened", user, event)

    def _event(self, name: str, user: str, event: dict[str, Any]) -> None:
        if name in self.workspace.config.app.events:
            self.send_event(payloads.event_payload(self.workspace, event), name, user)

    def revoke(self, error: str = "token_revoked") -> None:
        """Take the app's tokens away, as an administrator does who removes the app.

        From now on every call is refused with `error`; the app hears of it where it asked to.
        """
        self.workspace.token_error = error
        app = self.workspace.config.app
        tokens = {"oauth": [], "bot": [app.bot_user_id]}
        self._event("tokens_revoked", "", {"type": "tokens_revoked", "tokens": tokens})
        self._event("app_uninstalled", "", {"type": "app_uninstalled"})

    def send_event(self, payload: dict[str, Any], name: str, user: str) -> None:
        """Send an event as it is; sending one again repeats it with its `event_id`."""
        self.courier.deliver_event(Envelope("events_api", payload, "event", name, user))

    # clicking and choosing

    def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: Any = None,
        *,
        block_id: str | None = None,
        entered: Entered | None = None,
    ) -> Outcome:
        """Click a button (`value` tells apart those that share an action_id), or choose.

        `entered` is what stands in the other fields of the same message or view. Raises
        LookupError when there is no such element or option.
        """
        self._enter(user, where, entered)
        block, element = find_element(where.blocks, action_id, block_id, value)
        chosen = payloads.chosen_state(self.workspace, user, element, value)
        if element["type"] not in ("button", "overflow"):
            self._enter(user, where, {block["block_id"]: {action_id: value}})
        action = payloads.action_data(block, element, chosen)
        payload = payloads.action_payload(self.workspace, user, where, action)
        envelope = Envelope("interactive", payload, "click", action_id, user)
        answer = self.courier.deliver(envelope)
        return Outcome(answer.ok, _error(answer.outcome), answer.seconds, view=self.modal(user))

    choose = click

    def enter(self, user: str, where: Message | View, entered: Entered) -> None:
        """Fill in fields that tell the app nothing until something is clicked or submitted."""
        self._enter(user, where, entered)

    def _enter(self, user: str, where: Message | View, entered: Entered | None) -> None:
        with self.workspace.lock:
            own = where.entered
            fields = own if isinstance(where, View) else where.entered.setdefault(user, {})
            for block_id, values in (entered or {}).items():
                fields.setdefault(block_id, {}).update(values)

    def suggest(self, user: str, where: Message | View, action_id: str, query: str = "") -> Outcome:
        """Type into an external select and get what it offers."""
        payload = payloads.suggestion_payload(self.workspace, user, where, action_id, query)
        envelope = Envelope("interactive", payload, "options", action_id, user, wants_answer=True)
        answer = self.courier.deliver(envelope, answers.check_options)
        body = answer.body if answer.ok and answer.body else {}
        options, groups = body.get("options") or [], body.get("option_groups") or []
        with self.workspace.lock:
            offered = self.workspace.suggested.setdefault((user, action_id), [])
            offered.extend(options_of(body))
        return Outcome(
            answer.ok,
            _error(answer.outcome),
            answer.seconds,
            options=options,
            option_groups=groups,
        )

    # modals

    def submit(
        self, user: str, view: View | None = None, values: dict[str, Any] | None = None
    ) -> Outcome:
        """Submit a modal (the one on top unless said).

        `values` are by action_id, or by block_id and then action_id.
        """
        view = self._top(user, view)
        self._enter(user, view, by_block(view, values or {}))
        problems = field_problems(view)
        if problems:
            with self.workspace.change():
                view.errors = problems
            return Outcome(False, "invalid_fields", view=view, field_errors=problems)
        extra: dict[str, Any] = {"response_urls": []}
        extra["trigger_id"] = self.workspace.new_trigger(user, view.id)
        payload = payloads.view_payload(self.workspace, "view_submission", view, **extra)
        name = str(view.body.get("callback_id", ""))
        envelope = Envelope("interactive", payload, "submit", name, user, wants_answer=True)
        check = partial(answers.check_submission, self.workspace, view)
        answer = self.courier.deliver(envelope, check)
        if not answer.ok:
            return Outcome(False, TROUBLE, answer.seconds, view=view)
        errors = answers.apply_submission(self.workspace, view, answer.body)
        error = "invalid_fields" if errors else ""
        top = self.modal(user)
        return Outcome(not errors, error, answer.seconds, view=top, field_errors=errors)

    def close(self, user: str, view: View | None = None, everything: bool = False) -> Outcome:
        """Close a modal, or all of them; the app hears of it if it asked to."""
        view = self._top(user, view)
        cleared = everything or bool(view.body.get("clear_on_close"))
        answers.remove_views(self.workspace, view, cleared)
        if view.body.get("notify_on_close"):
            payload = payloads.view_payload(self.workspace, "view_closed", view, is_cleared=cleared)
            name = str(view.body.get("callback_id", ""))
            self.courier.deliver(Envelope("interactive", payload, "close", name, user))
        return Outcome(True, view=self.modal(user))

    def _top(self, user: str, view: View | None) -> View:
        top = view or self.modal(user)
        if top is None:
            raise LookupError(f"{user} has no modal open")
        return top


def _shortcuts(workspace: Workspace) -> set[tuple[str, str]]:
    return {(each.callback_id, each.type) for each in workspace.config.app.shortcuts}


def _error(outcome: str) -> str:
    return "" if outcome == "ok" else outcome


def escape(text: str) -> str:
    """What a person typed, with Slack's three control characters escaped as Slack does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def by_block(view: View, values: dict[str, Any]) -> Entered:
    """Values by block and action, when they may have been given by action alone."""
    entered: Entered = {}
    for name, value in values.items():
        if isinstance(value, dict):
            entered.setdefault(name, {}).update(value)
        else:
            block, element = find_element(view.blocks, name)
            entered.setdefault(block["block_id"], {})[element["action_id"]] = value
    return entered
