"""The peer of `bench.exports`: the same sheet as HTML, made a tagged PDF by WeasyPrint.

It is no dependency of ours; get it with `uv pip install weasyprint` (and Pango from the system).
"""

from collections.abc import Sequence
from html import escape
from importlib import import_module
from typing import Any

from analytics.charts.fonts import MAIN, path_of
from analytics.exports.blocks import Sheet
from analytics.reports.data import plain

HOW = "WeasyPrint is not installed: uv pip install weasyprint, and Pango from the system"
STYLE = f"""
@font-face {{ font-family: Sans; src: url(file://{path_of(MAIN)}) }}
@font-face {{ font-family: Sans; font-weight: bold; src: url(file://{path_of(MAIN, bold=True)}) }}
@page {{ size: A4; margin: 1.8cm 2cm;
  @bottom-right {{ content: counter(page) " of " counter(pages) }} }}
body {{ font: 10pt Sans }} table {{ width: 100%; font-size: 9pt; border-collapse: collapse }}
td, th {{ border-bottom: 0.5pt solid #999; padding: 3pt; text-align: left }}
tr, figure {{ break-inside: avoid }} svg {{ width: 100% }} section {{ break-before: page }}
.bar {{ width: 3cm; height: 0.6em; border: 0.5pt solid #999 }} .bar div {{ background: #777 }}
"""


def page(sheets: Sequence[Sheet]) -> str:
    """The sheets as HTML."""
    body = "".join(f"<section>{_sheet(plain(sheet))}</section>" for sheet in sheets)
    return f"<html lang=en><title>Student report</title><style>{STYLE}</style>{body}</html>"


def pdf(html: str) -> bytes:
    """HTML as PDF/UA-1, as far as WeasyPrint takes it. Raises SystemExit where it is missing."""
    try:
        weasyprint = import_module("weasyprint")
    except ImportError:
        raise SystemExit(HOW) from None
    made: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _sheet(data: dict[str, Any]) -> str:
    blocks = "".join(_block(one) for one in data["blocks"])
    return f"<h1>{escape(data['title'])}</h1><p>{escape(data['subtitle'])}</p>{blocks}"


def _block(data: dict[str, Any]) -> str:
    match data["kind"]:
        case "heading":
            return f"<h{data['level']}>{escape(data['text'])}</h{data['level']}>"
        case "words":
            return f"<p>{escape(data['text'])}</p>"
        case "points":
            points = "".join(f"<li><b>{escape(a)}</b> {escape(b)}</li>" for a, b in data["points"])
            return f"<ul>{points}</ul>"
        case "figures":
            return "".join(_figure(one) for one in data["figures"])
        case "chart":
            svg = data["svg"][data["svg"].index("<svg") :]
            return f"<figure role=img aria-label='{escape(data['alt'])}'>{svg}</figure>"
    return _table(data)


def _figure(data: dict[str, Any]) -> str:
    notes = "<br>".join(map(escape, data["notes"]))
    return f"<p>{escape(data['name'])} <b>{escape(data['value'])}</b><br><small>{notes}</small></p>"


def _table(data: dict[str, Any]) -> str:
    head = "".join(f"<th>{escape(one['name'])}</th>" for one in data["columns"])
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in data["rows"])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(cell: Any) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    width = f"{100 * cell['share']:.0f}%"
    return f"<td><div class=bar><div style='width:{width}'>&nbsp;</div></div></td>"
