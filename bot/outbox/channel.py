"""Where a delivery goes: its recipient's own direct messages, opened once, and nowhere else.

`conversations.open` is Slack's word for whose direct messages a channel is. It is kept beside the
channel (`User.slack_channel_of`): a channel that came from anywhere else, or was opened for another
account, is never posted in but opened anew, which makes one call and returns the channel that there
is. A delivery without a recipient goes to the channel that it names.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete
from bot.slack import Refused, SlackGateway, Unclear
from school.database import SessionFactory, reading
from school.models import Delivery, Student, User

PATIENCE = 3
"""After so many broken answers a Slack is taken to lack what it was asked for."""
NO_ACCESS = "no_access"


def find_recipient(delivery: Delivery, *, session_factory: SessionFactory) -> User | None:
    """Who is to get it; None where it goes to a channel or an address.

    Raises Obsolete for who was switched off since, or whose Slack account is a student's by now:
    they get nothing.
    """
    if delivery.recipient_id is None:
        return None
    with session_factory() as session:
        user = reading(session).get_one(User, delivery.recipient_id)
        if not user.is_active or _is_student(session, user):
            raise Obsolete(NO_ACCESS)
    return user


def _is_student(session: Session, user: User) -> bool:
    if user.slack_user_id is None:
        return False
    query = select(Student.id).where(
        Student.workspace_id == user.workspace_id, Student.slack_user_id == user.slack_user_id
    )
    return session.scalars(query).first() is not None


def find_channel(
    delivery: Delivery,
    user: User | None,
    *,
    session_factory: SessionFactory,
    gateway: SlackGateway,
) -> str:
    """The channel to post in; on a Slack that cannot open direct messages, the person's id.

    Raises what `SlackGateway.call` raises; Refused (`no_slack_user`) for a recipient without Slack.
    """
    if user is None:
        return str(delivery.channel)
    if user.slack_user_id is None:
        raise Refused("conversations.open", "no_slack_user")
    if user.slack_channel is not None and user.slack_channel_of == user.slack_user_id:
        return user.slack_channel
    try:
        answer = gateway.call(delivery.workspace_id, "conversations.open", users=user.slack_user_id)
    except (Refused, Unclear) as trouble:
        if not _has_to_do_without(trouble, delivery):
            raise
        return user.slack_user_id
    channel = str((answer.get("channel") or {}).get("id") or "")
    if not channel:
        return user.slack_user_id
    remember_channel(delivery, user.slack_user_id, channel, session_factory=session_factory)
    return channel


def _has_to_do_without(trouble: Refused | Unclear, delivery: Delivery) -> bool:
    """Whether the person's id has to do, by which Slack finds the channel as well."""
    if isinstance(trouble, Refused):
        return trouble.is_lacking or delivery.attempts > 0
    return trouble.is_lacking or (trouble.is_broken and delivery.attempts >= PATIENCE)


def remember_channel(
    delivery: Delivery, whose: str, channel: str, *, session_factory: SessionFactory
) -> None:
    """Store the direct-message channel of the recipient, whose Slack account is `whose`."""
    mine = User.id == delivery.recipient_id, User.slack_user_id == whose
    with session_factory.begin() as session:
        known = {"slack_channel": channel, "slack_channel_of": whose}
        session.execute(update(User).where(*mine).values(**known))


def forget_channel(delivery: Delivery, *, session_factory: SessionFactory) -> None:
    """Have the recipient's direct messages opened anew."""
    with session_factory.begin() as session:
        mine = update(User).where(User.id == delivery.recipient_id)
        session.execute(mine.values(slack_channel=None, slack_channel_of=None))
