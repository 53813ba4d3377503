"""A person's visit told apart from what fetches a page for other reasons.

Mail servers, virus scanners and the previews of messengers follow every link of an e-mail, some
with a whole browser. So a page counts as *opened* only when

- somebody answered on it (a POST), or
- a browser asked for it as the page of a window of its own (`Sec-Fetch-Mode: navigate`,
  `Sec-Fetch-Dest: document`), not beforehand (`Sec-Purpose`, `Purpose`), not under the name of a
  known robot; and then, having laid the page out, asked from it for the stylesheet that stands on
  such a page only; and the mail went out at least a minute before.

All else is *fetched*. Errors: a scanner that runs a whole browser under a person's name later than
a minute after the mail counts as a person; a person counts as a scanner who looks within the first
minute and never again, or whose browser says nothing of these headers (made before 2021, Safari
before 2023, or over plain HTTP), as long as they do not answer.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

_ROBOTS = re.compile(
    r"bot\b|bot/|crawl|spider|preview|scan|fetch|monitor|headless|phantom|selenium|puppeteer"
    r"|proofpoint|barracuda|mimecast|safelinks|forcepoint|trend ?micro|sophos|symantec|fireeye"
    r"|googleimageproxy|google-safety|google-read-aloud|facebookexternalhit|whatsapp|telegram"
    r"|skypeuripreview|slack|discord|twitter|linkedin|embedly|outlook-|microsoft office"
    r"|python|curl|wget|libwww|java/|okhttp|go-http|axios|node|ruby|perl|php",
    re.IGNORECASE,
)
_BEFOREHAND = ("sec-purpose", "purpose", "x-purpose", "x-moz", "x-preview")


def may_be_visit(headers: Mapping[str, str]) -> bool:
    """Whether a GET looks like a browser that shows the page to somebody."""
    return (
        headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and not _is_robot(headers)
    )


def is_laid_out(headers: Mapping[str, str]) -> bool:
    """Whether a GET of the page's own stylesheet comes from a browser that lays the page out."""
    return (
        headers.get("sec-fetch-dest") == "style"
        and headers.get("sec-fetch-site") == "same-origin"
        and not _is_robot(headers)
    )


def is_late_enough(sent_at: datetime | None, now: datetime, *, scans_for: float) -> bool:
    """Whether the seconds are over in which scanners of mail look; without a mail there are none.

    `sent_at` None: it has not gone out, and whoever has its address got it in another way.
    """
    return sent_at is not None and now - sent_at >= timedelta(seconds=scans_for)


def _is_robot(headers: Mapping[str, str]) -> bool:
    if any(name in headers for name in _BEFOREHAND):
        return True
    agent, brands = headers.get("user-agent", ""), headers.get("sec-ch-ua", "")
    return not agent or bool(_ROBOTS.search(f"{agent} {brands}"))
