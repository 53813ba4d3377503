"""What people write to the bot in direct messages."""

from handlers.ask import Ask
from handlers.ids import Kind
from handlers.people import workspace_of
from handlers.saving import first_time
from handlers.services import Services
from school.deliveries import enqueue


def message_received(ask: Ask, services: Services) -> None:
    """Answer a person's message with a short help, once, through the outbox."""
    event, workspace_id = ask.event, workspace_of(ask.team_id, services)
    from_person = not event.get("subtype") and not event.get("bot_id")
    if not from_person or event.get("channel_type") != "im" or workspace_id is None:
        return
    greet(ask, services, workspace_id, channel=ask.channel)


def greet(ask: Ask, services: Services, workspace_id: int, *, channel: str | None) -> None:
    """Send the person who asks a short help, once, through the outbox."""
    now = services.now()
    with services.session_factory.begin() as session:
        if not first_time(workspace_id, ask.key, session=session, now=now):
            return
        enqueue(
            Kind.GREETING,
            {"person": ask.user_id},
            session=session,
            workspace_id=workspace_id,
            unique_key=ask.key,
            recipient_id=None,
            channel=channel,
            now=now,
        )
    services.wake()


def greet_instead(ask: Ask, services: Services) -> None:
    """Send the same where what somebody typed or clicked cannot be answered in place."""
    workspace_id = workspace_of(ask.team_id, services)
    if workspace_id is None or not ("command" in ask.body or ask.kind == "block_actions"):
        return
    # To the person's id, by which every Slack finds their messages with us.
    greet(ask, services, workspace_id, channel=ask.user_id)
