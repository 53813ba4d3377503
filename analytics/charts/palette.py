"""The colours of every picture, and the texture of every state.

An orange and two blues on warm paper: the pair that colour-blind readers tell apart best, and the
blues differ in lightness. No state is told by colour alone: each has its own texture and, where
there is room, its words. Contrasts are held by tests.
"""

from school.mastery import Mastery

PAPER = "#fbfaf7"
EDGE = "#c9c4b8"
INK = "#1d2329"
QUIET = "#5c646c"
RULE = "#dfdbd2"
TRACK = "#e9e6de"

STUDENT = "#14557b"
BAND = "#c5d9e6"
CLASS = "#6d6a63"
BARS = "#7d8a95"

STATE = {
    Mastery.MASTERED: "#14557b",
    Mastery.IN_PROGRESS: "#5592bb",
    Mastery.NEEDS_WORK: "#c9550f",
    Mastery.TOO_LITTLE: "#8d8a82",
}
"""The strong colour of each state; the textures of the heatmap mix it with its pale one."""

PALE = {
    Mastery.MASTERED: "#14557b",
    Mastery.IN_PROGRESS: "#d3e3ee",
    Mastery.NEEDS_WORK: "#f3c9a8",
    Mastery.TOO_LITTLE: "#f1efe9",
}
