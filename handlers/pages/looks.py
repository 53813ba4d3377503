"""Pages in HTML: templates of `templates/pages`, the frame's own pages, and the headers of all."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from handlers.pages.frame import Page

FOLDER = Path(__file__).parent.parent.parent / "templates" / "pages"
LANGUAGES = ("en", "es")
CSS = (FOLDER / "page.css").read_text(encoding="utf-8").strip()
_CSS_HASH = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
POLICY = (
    f"default-src 'none'; style-src 'self' 'sha256-{_CSS_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer of a page's address, errors included."""


def response(page: Page, *, token: str = "", visit: bool = False) -> Response:
    """A page as an answer. `visit`: it bears the stylesheet that tells that it was laid out."""
    values = {"language": page.language, "token": token, "visit": visit, "css": CSS, **page.values}
    html = _TEMPLATES.get_template(page.template).render(values)
    headers = dict(HEADERS, **{"Retry-After": "60"} if page.status in (429, 503) else {})
    return Response(html, page.status, headers, "text/html")


def said(what: str, accepted: str, status: int, **values: str) -> Page:
    """A page of the frame's own: `gone`, `broken`, `busy`, `many`, `large`, `slow` or `file`.

    `accepted` is the browser's Accept-Language: nobody knows whose page it is.
    """
    return Page("said.html", _language(accepted), {"what": what, "reference": "", **values}, status)


def _language(accepted: str) -> str:
    """The first of our languages that a browser names, else English."""
    codes = (one.split(";")[0].strip()[:2].lower() for one in accepted[:200].split(","))
    return next((code for code in codes if code in LANGUAGES), "en")
