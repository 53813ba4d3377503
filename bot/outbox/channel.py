"""Where a delivery goes: its own channel, or the recipient's direct messages, opened once."""

from sqlalchemy import update

from bot.slack import Refused, SlackGateway, Unclear
from school.database import SessionFactory, reading
from school.models import Delivery, User

PATIENCE = 3
"""After so many broken answers a Slack is taken to lack what it was asked for."""


def find_channel(
    delivery: Delivery, *, session_factory: SessionFactory, gateway: SlackGateway
) -> str:
    """The channel to post in; on a Slack that cannot open direct messages, the person's id.

    Raises what `SlackGateway.call` raises; Refused (`no_slack_user`) for a recipient without Slack.
    """
    if delivery.channel is not None:
        return delivery.channel
    with session_factory() as session:
        user = reading(session).get_one(User, delivery.recipient_id)
    if user.slack_channel is not None:
        return user.slack_channel
    if user.slack_user_id is None:
        raise Refused("conversations.open", "no_slack_user")
    try:
        answer = gateway.call(delivery.workspace_id, "conversations.open", users=user.slack_user_id)
    except (Refused, Unclear) as trouble:
        if not _has_to_do_without(trouble, delivery):
            raise
        return user.slack_user_id
    channel = str((answer.get("channel") or {}).get("id") or "")
    if not channel:
        return user.slack_user_id
    remember_channel(delivery, channel, session_factory=session_factory)
    return channel


def _has_to_do_without(trouble: Refused | Unclear, delivery: Delivery) -> bool:
    """Whether the person's id has to do, by which Slack finds the channel as well."""
    if isinstance(trouble, Refused):
        return trouble.is_lacking or delivery.attempts > 0
    return trouble.is_lacking or (trouble.is_broken and delivery.attempts >= PATIENCE)


def remember_channel(
    delivery: Delivery, channel: str | None, *, session_factory: SessionFactory
) -> None:
    """Store the recipient's direct-message channel, or forget it with None."""
    with session_factory.begin() as session:
        session.execute(
            update(User).where(User.id == delivery.recipient_id).values(slack_channel=channel)
        )
