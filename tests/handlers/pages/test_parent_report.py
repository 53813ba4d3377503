"""The report that a family gets: attached to the e-mail, or taken from its page."""

import re

import pytest

from tests.analytics.exports.reading import words
from tests.handlers.pages.conftest import CARMEN, MIN, Site
from tests.handlers.pages.test_parent_page import audited


def test_the_report_is_attached_where_it_was_chosen(site: Site) -> None:
    site.tell(with_report=True)
    site.deliver()
    mail = site.mail_to(MIN)
    assert mail.files == ["report.pdf"]
    assert "The whole report is attached" in mail.text
    assert "file -->" not in mail.text + str(mail.html)
    spanish = site.mail_to(CARMEN)
    assert spanish.files == ["informe.pdf"]
    assert "El informe completo va adjunto a este correo en PDF." in spanish.text
    [attached] = [one for one in spanish.message.walk() if one.get_filename() == "informe.pdf"]
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert "Leo Park respondió" in words(content)


class TestTooLarge:
    @pytest.fixture
    def changes(self) -> dict[str, int]:
        return {"mail_file_most": 1000}

    def test_a_report_that_is_too_large_stays_behind_and_the_mail_says_where(
        self, site: Site
    ) -> None:
        site.tell(with_report=True)
        site.deliver()
        mail = site.mail_to(CARMEN)
        assert mail.files == []
        assert "Lo encuentra en el enlace" in mail.text


def test_the_report_is_made_on_demand_and_audited(site: Site) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    assert site.http.head(f"{path}/report.pdf").status_code == 200
    assert site.pool.jobs == []
    report = site.http.get(f"{path}/report.pdf")
    assert report.content.startswith(b"%PDF")
    assert report.headers["content-type"] == "application/pdf"
    assert "Leo" not in report.headers["content-disposition"]
    assert audited(site, "parent_report") == 1
    assert site.http.get(f"{path}/other.pdf").status_code == 404


def test_the_report_of_a_spanish_page_is_in_spanish(site: Site) -> None:
    site.tell()
    site.deliver()
    assert "en PDF (en inglés)" not in site.mail_to(CARMEN).text
    path = site.path_for(CARMEN)
    page = site.http.get(path).text
    assert "El informe completo (PDF)" in page
    assert f"{path.removeprefix('/p/')}/informe.pdf" in page
    report = site.http.get(f"{path}/informe.pdf")
    assert 'filename="informe.pdf"' in report.headers["content-disposition"]
    assert "Leo Park respondió" in words(report.content)
    assert "respondió" in words(site.http.get(f"{path}/report.pdf").content)  # of an older page
    english = site.http.get(f"{site.path_for(MIN)}/report.pdf")
    assert re.findall(r"\d+", words(report.content)) == re.findall(r"\d+", words(english.content))
