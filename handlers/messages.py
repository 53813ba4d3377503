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
            channel=ask.channel,
            now=now,
        )
    services.wake()
