"""Where a delivery goes: its recipient's own direct messages, opened once, and nowhere else.

The recipient is a user, or the student whom the delivery names. `conversations.open` is Slack's
word for whose direct messages a channel is. It is kept beside the channel (`slack_channel_of`): a
channel that came from anywhere else, or was opened for another account, is never posted in but
opened anew, which makes one call and returns the channel that there is. A delivery without a
recipient goes to the channel that it names.
"""

from sqlalchemy import Update, exists, select, update
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete
from bot.slack import Refused, SlackGateway, Unclear
from school.database import SessionFactory, reading
from school.models import Delivery, Medium, Student, User

PATIENCE = 3
"""After so many broken answers a Slack is taken to lack what it was asked for."""
NO_ACCESS = "no_access"


Person = User | Student


def find_recipient(delivery: Delivery, *, session_factory: SessionFactory) -> Person | None:
    """Who is to get it; None where it goes to a channel or an address.

    Raises Obsolete for who was switched off since. Whose Slack account is a student's and a user's
    at once gets nothing in Slack: nobody can say who would read it.
    """
    if delivery.recipient_id is None and delivery.student_id is None:
        return None
    with session_factory() as session:
        person = _person(reading(session), delivery)
        if not person.is_active or _is_shared(session, delivery, person):
            raise Obsolete(NO_ACCESS)
    return person


def _person(session: Session, delivery: Delivery) -> Person:
    if delivery.recipient_id is not None:
        return session.get_one(User, delivery.recipient_id)
    return session.get_one(Student, delivery.student_id)


def _is_shared(session: Session, delivery: Delivery, person: Person) -> bool:
    """Whether a user's Slack account is a student's too, or a student's a user's."""
    account = person.slack_user_id
    by_mail = delivery.medium != Medium.SLACK.value and isinstance(person, Student)
    if account is None or by_mail:
        return False
    other = Student if isinstance(person, User) else User
    taken = exists().where(
        other.workspace_id == person.workspace_id, other.slack_user_id == account
    )
    return bool(session.scalar(select(taken)))


def find_channel(
    delivery: Delivery,
    person: Person | None,
    *,
    session_factory: SessionFactory,
    gateway: SlackGateway,
) -> str:
    """The channel to post in; on a Slack that cannot open direct messages, the person's id.

    Raises what `SlackGateway.call` raises; Refused (`no_slack_user`) for a recipient without Slack.
    """
    if person is None:
        return str(delivery.channel)
    if person.slack_user_id is None:
        raise Refused("conversations.open", "no_slack_user")
    if person.slack_channel is not None and person.slack_channel_of == person.slack_user_id:
        return person.slack_channel
    try:
        answer = gateway.call(
            delivery.workspace_id, "conversations.open", users=person.slack_user_id
        )
    except (Refused, Unclear) as trouble:
        if not _has_to_do_without(trouble, delivery):
            raise
        return person.slack_user_id
    channel = str((answer.get("channel") or {}).get("id") or "")
    if not channel:
        return person.slack_user_id
    remember_channel(delivery, person.slack_user_id, channel, session_factory=session_factory)
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
    with session_factory.begin() as session:
        known = {"slack_channel": channel, "slack_channel_of": whose}
        session.execute(_recipient(delivery, whose).values(**known))


def forget_channel(delivery: Delivery, *, session_factory: SessionFactory) -> None:
    """Have the recipient's direct messages opened anew."""
    with session_factory.begin() as session:
        nothing = {"slack_channel": None, "slack_channel_of": None}
        session.execute(_recipient(delivery).values(**nothing))


def _recipient(delivery: Delivery, whose: str | None = None) -> Update:
    """A change of who gets a delivery, as long as `whose` is their account, if that is said."""
    if delivery.recipient_id is not None:
        query = update(User).where(User.id == delivery.recipient_id)
        return query if whose is None else query.where(User.slack_user_id == whose)
    query = update(Student).where(Student.id == delivery.student_id)
    return query if whose is None else query.where(Student.slack_user_id == whose)
