"""Whether what is sent now is late, in words."""

from datetime import timedelta

from bot.outbox.book import Book
from bot.outbox.message import late_words
from school.database import reading
from school.models import Delivery


def lateness(book: Book, delivery: Delivery) -> str | None:
    """How late it is, such as "Asked for at 9:12, sent late."; None when it is not."""
    now, after = book.now(), timedelta(seconds=book.settings.late_after)
    if now - delivery.due_at <= after:
        return None
    with book.session_factory() as session:
        return late_words(reading(session), delivery, now)
