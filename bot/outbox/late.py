"""Whether what is sent now is late, in words."""

from datetime import timedelta

from bot.outbox.book import Book
from bot.outbox.message import late_words
from school.database import reading
from school.models import Delivery


def lateness(book: Book, delivery: Delivery) -> str | None:
    """How late it is, such as "Asked for at 9:12, sent late."; None when it is not."""
    if not is_late(book, delivery):
        return None
    with book.session_factory() as session:
        return late_words(reading(session), delivery, book.now())


def is_late(book: Book, delivery: Delivery) -> bool:
    """Whether it is so late that it says so."""
    return book.now() - delivery.due_at > timedelta(seconds=book.settings.late_after)
