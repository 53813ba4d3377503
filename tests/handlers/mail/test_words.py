"""E-mails in words: in each language, without what is not to be said, and nothing injected."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from bot.outgoing import LATE_MARK, Obsolete
from handlers.mail.times import LANGUAGES, late_line, short_when, when_words
from handlers.mail.words import (
    FOLDER,
    MeetingMail,
    guardian_address,
    known_address,
    language_of,
    meeting_words,
    render_mail,
)
from school.models import Guardian

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
MEETING = MeetingMail(
    teacher_name="Ms Ruiz",
    starts_at=TUESDAY,
    zone=NEW_YORK,
    minutes=30,
    student_name="Leo Park",
    to_name="Ana Torres",
    where="Room 12",
    was=TUESDAY - timedelta(days=1),
    lines=("Please bring the diary.",),
)
MAILS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


class Reader(HTMLParser):
    """What a mail's HTML says, and the tags it says it with."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(" ".join(data.split()))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def text(self) -> str:
        return " ".join(word for word in self.words if word)


def test_each_mail_is_there_in_each_language() -> None:
    for mail in MAILS:
        for language in LANGUAGES:
            found = {path.name for path in (FOLDER / mail / language).iterdir()}
            assert found == {"subject.txt", "body.txt", "body.html"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.startswith("meeting_")])
def test_text_and_html_say_the_same_and_the_subject_names_no_child(
    mail: str, language: str
) -> None:
    words = meeting_words(mail, language, MEETING)
    html = Reader(words.html)
    said = ["Ms Ruiz", "Leo Park", "Ana Torres", "Room 12", "Please bring the diary.", "2026"]
    for piece in said:
        assert piece in words.text
        assert piece in html.text
    assert "Leo" not in words.subject
    assert "\n" not in words.subject
    assert "Ms Ruiz" in words.subject
    assert "\n\n\n" not in words.text
    assert f'<html lang="{language}">' in words.html
    assert LATE_MARK in words.html
    assert "{" not in words.text + words.subject
    assert "table" not in html.tags


def test_a_reminder_in_english() -> None:
    words = meeting_words("meeting_reminder", "en", replace(MEETING, lines=()))
    assert words.subject == "Reminder: meeting with Ms Ruiz, Tue 24 Nov, 2:30 pm"
    assert words.text == (
        "Hello Ana Torres,\n\n"
        "This is a reminder of your meeting with Ms Ruiz about Leo Park.\n\n"
        "When: Tuesday 24 November 2026, 2:30 pm to 3:00 pm (New York time)\n"
        "Where: Room 12\n\n"
        "If you cannot come, please reply to this e-mail. Your answer goes straight to Ms Ruiz.\n\n"
        "-- \nSent by Homeroom for Ms Ruiz, because you are invited to this meeting.\n"
    )


def test_a_move_in_spanish_says_before_and_now() -> None:
    words = meeting_words("meeting_moved", "es-MX", MEETING)
    assert words.subject == "Nueva hora: reunión con Ms Ruiz, mar 24 nov, 14:30"
    assert "Antes: lunes 23 de noviembre de 2026, 14:30 a 15:00 (hora de Nueva York)" in words.text
    assert "Ahora: martes 24 de noviembre de 2026" in words.text


def test_a_change_that_is_no_move_speaks_of_no_time_before() -> None:
    words = meeting_words("meeting_moved", "en", replace(MEETING, was=None))
    assert words.subject.startswith("Changed: meeting with Ms Ruiz")
    assert "Before" not in words.text + words.html


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.startswith("meeting_")])
def test_what_is_not_known_or_not_to_be_known_is_left_out(mail: str) -> None:
    bare = MeetingMail("Ms Ruiz", TUESDAY, NEW_YORK, can_reply=False)
    words = meeting_words(mail, "en", bare)
    everything = words.subject + words.text + Reader(words.html).text
    for piece in ("Leo", "about", "Where", "None", "reply"):
        assert piece not in everything
    assert "Tuesday 24 November 2026, 2:30 pm (New York time)" in words.text


EVIL = (
    "<script>alert(1)</script>\r\nBcc: x@y.z\n\n</style><!-- late --> {{ 7*7 }} \x00\x1b[2J\u2028x"
)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.startswith("meeting_")])
def test_what_comes_from_records_is_text_and_stays_in_its_line(mail: str, language: str) -> None:
    evil = replace(
        MEETING, teacher_name=EVIL, student_name=EVIL, to_name=EVIL, where=EVIL, lines=(EVIL,)
    )
    words = meeting_words(mail, language, evil)
    reader = Reader(words.html)
    assert "script" not in reader.tags
    assert reader.comments == [" late "]
    assert "{{ 7*7 }}" in reader.text
    assert not any(line.startswith("Bcc") for line in words.text.splitlines())
    assert words.subject.isprintable()
    assert "\x00" not in words.text + words.html
    assert "\x1b" not in words.text + words.html


def test_a_value_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError):
        render_mail("meeting_reminder", "en", {"teacher_name": "Ms Ruiz"})
    with pytest.raises(TemplateNotFound):
        render_mail("no_such_mail", "en", {})


@pytest.mark.parametrize(
    ("known", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("en-GB", "en"),
        ("es", "es"),
        ("ES_mx", "es"),
        ("Spanish", "es"),
        ("Español", "es"),
        ("spa", "es"),
        ("tlh", "en"),
        ("../../etc", "en"),
    ],
)
def test_a_language_that_we_do_not_have_is_english(known: str | None, language: str) -> None:
    assert language_of(known) == language
    subject = {"en": "Reminder", "es": "Recordatorio"}[language]
    assert meeting_words("meeting_reminder", known, MEETING).subject.startswith(subject)


@pytest.mark.parametrize(
    ("moment", "zone", "said"),
    [
        (datetime(2026, 11, 25, 4, 45, tzinfo=UTC), NEW_YORK, "Tuesday 24 November 2026, 11:45 pm"),
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), NEW_YORK, "Tuesday 24 November 2026, 12:00 am"),
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), NEW_YORK, "Tuesday 24 November 2026, 12:00 pm"),
        (TUESDAY, ZoneInfo("Asia/Kathmandu"), "Wednesday 25 November 2026, 1:15 am"),
        (TUESDAY, ZoneInfo("UTC"), "Tuesday 24 November 2026, 7:30 pm (UTC)"),
    ],
)
def test_when_it_is_in_the_schools_time(moment: datetime, zone: ZoneInfo, said: str) -> None:
    assert when_words(moment, None, zone, "en").startswith(said)


def test_a_time_that_comes_twice_says_which_of_the_two() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert when_words(first, None, NEW_YORK, "en").endswith("1:30 am (New York time, EDT)")
    assert when_words(second, None, NEW_YORK, "en").endswith("1:30 am (New York time, EST)")
    assert short_when(first, NEW_YORK, "es") == "dom 1 nov, 1:30"


def test_a_late_line_says_when_it_was_due() -> None:
    assert late_line(TUESDAY, NEW_YORK, "en") == (
        "This was to reach you on Tue 24 Nov at 2:30 pm, and was sent late."
    )
    assert "mar 24 nov a las 14:30" in late_line(TUESDAY, NEW_YORK, "es")


@pytest.mark.parametrize(
    ("guardian", "why"),
    [
        (None, "guardian_inactive"),
        (
            Guardian(email="ana@home.test", is_active=False, do_not_contact=False),
            "guardian_inactive",
        ),
        (Guardian(email="ana@home.test", is_active=True, do_not_contact=True), "do_not_contact"),
        (Guardian(email=" ", is_active=True, do_not_contact=False), "no_address"),
        (Guardian(email=None, is_active=True, do_not_contact=False), "no_address"),
    ],
)
def test_who_may_not_be_written_to_gets_nothing(guardian: Guardian | None, why: str) -> None:
    with pytest.raises(Obsolete) as obsolete:
        guardian_address(guardian)
    assert obsolete.value.code == why


def test_who_may_be_written_to_has_an_address() -> None:
    ana = Guardian(email=" ana@home.test ", is_active=True, do_not_contact=False)
    assert guardian_address(ana) == known_address("ana@home.test") == "ana@home.test"
