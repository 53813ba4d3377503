"""Slack's limits in one table, and the one helper that shortens to them."""

LIMITS = {
    "message blocks": 50,
    "view blocks": 100,
    "message": 13_000,
    "section": 3_000,
    "rich text": 3_000,
    "header": 150,
    "label": 2_000,
    "placeholder": 150,
    "button": 75,
    "button value": 2_000,
    "option": 75,
    "option value": 150,
    "options": 100,
    "actions": 25,
    "modal title": 24,
    "modal button": 24,
    "metadata": 3_000,
    "alt text": 2_000,
    "table rows": 100,
    "table": 10_000,
    "table cell": 60,
    "name": 60,
    "given name": 16,
    "class": 40,
    "choice name": 32,
    "choice class": 20,
    "choice id": 16,
    "skill": 60,
    "finding": 600,
    "reason": 120,
}
"""The most characters of a text or entries of a list, by what it is for.

Source: Slack's Block Kit reference; the last ones, from `table cell` on, are ours, so that lines
made of several parts stay within theirs.
"""

ELLIPSIS = "…"


def shorten(text: str, what: str) -> str:
    """`text` as one line of at most `LIMITS[what]` characters, cut with an ellipsis.

    Never empty, as Slack refuses an empty text.
    """
    limit = LIMITS[what]
    line = " ".join(text.split()) or "–"
    if len(line) <= limit:
        return line
    return line[: limit - len(ELLIPSIS)].rstrip() + ELLIPSIS


def shorten_middle(text: str, what: str) -> str:
    """The same for ids, which differ at their ends: cut in the middle."""
    limit = LIMITS[what]
    if len(text) <= limit:
        return text or "–"
    head = limit // 3
    return text[:head] + ELLIPSIS + text[-(limit - head - len(ELLIPSIS)) :]
