"""The page as a family's own browser shows it, on a phone and on a desk, light and dark."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import chromium
from tests.handlers.pages.conftest import CARMEN, MIN, PERSON, Site

pytestmark = pytest.mark.browser
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def page_of(browser: Browser, *, width: int = 380, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        user_agent=PERSON["user-agent"],
        extra_http_headers={"sec-ch-ua": '"Chromium";v="140"'},
    )
    return context.new_page()


@pytest.mark.parametrize(("width", "scheme"), [(380, "light"), (1280, "dark")])
def test_it_fits_and_breaks_no_rule_of_its_own(
    site: Site, browser: Browser, width: int, scheme: str
) -> None:
    site.tell("x" * 400 + " <script>document.title = 'broken'</script>")
    site.deliver()
    page, said = page_of(browser, width=width, scheme=scheme), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.http.base_url}{site.path_for(MIN)}")
    assert page.title() == "Ms Ruiz writes about Leo Park"
    assert page.evaluate(WIDE) is False
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(20, 24, 29)" if scheme == "dark" else "rgb(244, 245, 247)")
    assert said == []
    assert page.evaluate("() => document.scripts.length") == 0


def test_a_family_answers_with_a_click_and_then_in_own_words(site: Site, browser: Browser) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(CARMEN)
    page = page_of(browser)
    page.goto(f"{site.http.base_url}{path}")
    assert site.link(path).opened_at is None  # within a minute of the e-mail
    site.clock.ahead += timedelta(minutes=2)
    with page.expect_response("**/laid-out.css"):
        page.reload()
    assert site.link(path).opened_at is not None
    page.get_by_role("button", name="Por favor, llámeme").click()
    assert "ya tiene su respuesta" in page.get_by_role("status").inner_text()
    page.get_by_label("O con sus propias palabras").fill("Mañana, <b>por favor</b>.")
    page.get_by_role("button", name="Enviar").click()
    status = page.get_by_role("status").inner_text()
    assert "Ha cambiado su respuesta" in status and "Mañana, <b>por favor</b>." in status
    page.reload()
    assert "Ha cambiado su respuesta" in page.get_by_role("status").inner_text()


def test_a_headless_browser_under_its_own_name_has_only_fetched(
    site: Site, browser: Browser
) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    site.clock.ahead += timedelta(minutes=2)
    page = browser.new_page()
    page.goto(f"{site.http.base_url}{path}")
    link = site.link(path)
    assert link.fetched_at is not None and link.opened_at is None
