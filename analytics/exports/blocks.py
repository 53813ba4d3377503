"""What a printed report is made of: sheets of blocks, all of it words and numbers in words.

The templates in `templates/typst` lay these out; each shape's `kind` says which of them does.
"""

from dataclasses import dataclass

from analytics.wording.printed import EN

LEFT, RIGHT, CENTER = "left", "right", "center"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the sheet's own; level 2 or 3."""

    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `bold` for the finding, `quiet` for notes."""

    text: str
    bold: bool = False
    quiet: bool = False
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points, each a bold start and what follows it; either may be empty."""

    points: tuple[tuple[str, str], ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its name, and notes on what it rests on or is to be compared with."""

    name: str
    value: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that a report opens with, side by side."""

    figures: tuple[Figure, ...]
    kind: str = "figures"


@dataclass(frozen=True, slots=True)
class Chart:
    """A vector chart as SVG; `alt` states what it shows to whoever does not see it."""

    svg: str
    alt: str
    kind: str = "chart"


@dataclass(frozen=True, slots=True)
class Bar:
    """A cell with a bar from 0 to `share` of its width: an ornament beside the same figure."""

    share: float
    kind: str = "bar"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, how its cells stand, and its share of the room: 0 for no more than needed.

    `strong` sets its cells in bold.
    """

    name: str
    align: str = LEFT
    share: float = 0
    strong: bool = False


Cell = str | Bar
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header row comes again on each page that it runs over."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class States:
    """Students x skills: a letter and a texture for each state (`LETTERS`)."""

    students: tuple[str, ...]
    skills: tuple[str, ...]
    letters: tuple[tuple[str, ...], ...]
    kind: str = "states"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: a part's name, its pages, and the address of its link."""

    name: str
    pages: str
    address: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents."""

    entries: tuple[Entry, ...]
    kind: str = "contents"


Block = Heading | Words | Points | Figures | Chart | Table | States | Contents


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed about one subject: its own pages, counted by themselves.

    `title` is its first heading, `subtitle` stands below it, `footer` at the foot of each page
    beside its number, whose pattern is `pages`.
    """

    title: str
    subtitle: str
    footer: str
    blocks: tuple[Block, ...]
    language: str = EN.language
    pages: str = EN.around.pages
