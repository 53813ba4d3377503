"""Whoever holds the mailbox that a page was sent to reads on no more once it is corrected."""

import pytest
from sqlalchemy import select, update

from school.models import Guardian, PageLink, Student, User
from tests.handlers.pages.conftest import LEO, MIN, STYLE, Site
from tests.handlers.pages.test_meeting_page import path_in, schedule
from tests.handlers.school import RUIZ

CORRECTED = "min.park@home.test"
CHANGES: dict[str, dict[str, object]] = {
    "corrected": {"email": CORRECTED},
    "without one": {"email": None},
    "unlinked": {"is_active": False},
    "to be left alone": {"do_not_contact": True},
}


def is_shut(site: Site, path: str) -> bool:
    """Whether an address shows nothing, takes nothing and notes nobody."""
    site.clock.ahead += site.clock.ahead  # long after the mail has gone
    asked = [
        site.http.get(path),
        site.http.get(f"{path}/laid-out.css", headers=STYLE),
        site.http.get(f"{path}/report.pdf"),
        site.http.post(path, data={"choice": "call", "answer": "accepted", "sequence": "0"}),
    ]
    with site.factory() as session:
        seen = select(PageLink.id).where(PageLink.opened_at.is_not(None))
        return {one.status_code for one in asked} == {404} and not session.scalars(seen).all()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_notice_is_read_where_its_guardian_is_reached_now(
    site: Site, change: dict[str, object]
) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    site.change(MIN, **change)
    assert is_shut(site, path)
    site.change(MIN, email=" MIN@home.test", is_active=True, do_not_contact=False)
    assert site.http.get(path).status_code == 200


def test_an_e_mail_after_the_correction_opens_and_the_one_before_stays_shut(site: Site) -> None:
    site.tell()
    site.change(MIN, email=CORRECTED)  # while it can be taken back
    site.deliver()
    [mail] = site.mailbox.mails(to=CORRECTED)
    path = mail.text.partition("https://pages.test")[2].split()[0]
    assert site.http.get(path).status_code == 200
    site.change(MIN, email="min@home.test")
    assert is_shut(site, path)


@pytest.mark.parametrize("name", ["corrected", "unlinked"])
def test_an_invitation_is_answered_where_its_guardian_is_reached_now(site: Site, name: str) -> None:
    schedule(site)
    path = path_in(site.mail_to(MIN))
    assert site.http.get(path).status_code == 200
    site.change(MIN, **CHANGES[name])
    assert is_shut(site, path)


def test_no_notice_opens_once_the_student_or_the_teacher_has_left(site: Site) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    student = Student.id == site.school.students[LEO]
    for gone, back in (
        (update(Student).where(student), {"is_active": True}),
        (update(User).where(User.slack_user_id == RUIZ), {"is_active": True}),
    ):
        with site.factory.begin() as session:
            session.execute(gone.values(is_active=False))
        assert is_shut(site, path)
        with site.factory.begin() as session:
            session.execute(gone.values(**back))
    with site.factory() as session:
        assert session.scalars(select(Guardian).where(Guardian.name == MIN)).one().is_active
    assert site.http.get(path).status_code == 200
