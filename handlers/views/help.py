"""Help, as short as it can be."""

from handlers.ask import Answer
from handlers.ids import Command
from handlers.views.blocks import Block, bold, code, line, section
from handlers.views.limits import shorten
from handlers.views.reports.answers import usage
from school.access import FOR_NOBODY

RANGES = (
    "A range is any number of days such as 7d or 30d (the default), term, all, "
    "or two days such as 2024-02-16..2024-05-12."
)


def student_report_help() -> Answer:
    """How to ask for a student's report."""
    return usage(
        "How a student is doing, in your messages with me. Any part of the name will do; "
        f"without a name you can pick one. {RANGES}",
        [
            f"{Command.STUDENT_REPORT} Maya",
            f"{Command.STUDENT_REPORT} Maya Okafor 60d",
            f"{Command.STUDENT_REPORT} Maya term",
        ],
    )


def class_report_help() -> Answer:
    """How to ask for a class's report."""
    return usage(
        "How a class is doing, in your messages with me. With one class, its name is not needed. "
        f"{RANGES}",
        [
            f"{Command.CLASS_REPORT}",
            f"{Command.CLASS_REPORT} Grade 5 Maths",
            f"{Command.CLASS_REPORT} Grade 5 Maths 60d",
        ],
    )


def skill_report_help() -> Answer:
    """How to ask for a skill's report."""
    return usage(
        "How a class stands with one skill, in your messages with me. Any part of the name will "
        f"do; without one you can pick a skill. {RANGES}",
        [
            f"{Command.SKILL_REPORT} Fractions",
            f"{Command.SKILL_REPORT} Fractions Grade 5 Maths",
            f"{Command.SKILL_REPORT} Fractions Grade 5 Maths 60d",
        ],
    )


def compare_help() -> Answer:
    """How to ask for a comparison."""
    return usage(
        "How a student stands beside the class, or a class beside your others, in your messages "
        f"with me. It says what may be chance. {RANGES}",
        [
            f"{Command.HOMEROOM} compare Maya",
            f"{Command.HOMEROOM} compare Maya Grade 5 Maths 60d",
            f"{Command.HOMEROOM} compare Grade 5 Maths term",
        ],
    )


def export_help() -> Answer:
    """How to ask for a file."""
    return usage(
        "A report as a file, in your messages with me: pdf (unless you say otherwise), csv for a "
        "spreadsheet, parents for a student's PDF that shows no other child, or pack for every "
        "student of a class in one PDF. Add a4 or letter for the paper, and behind parents "
        f"spanish or english: otherwise it is in the family's language on record. {RANGES}",
        [
            f"{Command.HOMEROOM} export Maya",
            f"{Command.HOMEROOM} export Maya parents term",
            f"{Command.HOMEROOM} export Maya parents spanish",
            f"{Command.HOMEROOM} export Grade 5 Maths csv 60d",
            f"{Command.HOMEROOM} export Grade 5 Maths pack letter",
        ],
    )


def trend_help() -> Answer:
    """How to ask for a trend."""
    return usage(
        "How a student or a class develops, in your messages with me: accuracy (the default), "
        "questions, time or xp; of a class also engagement or assignments. By day, week or month. "
        f"{RANGES}",
        [
            f"{Command.HOMEROOM} trend Maya",
            f"{Command.HOMEROOM} trend Maya questions 60d by week",
            f"{Command.HOMEROOM} trend Grade 5 Maths engagement term",
        ],
    )


def meet_help() -> Answer:
    """How to make a meeting."""
    return usage(
        "A meeting about a student: a form opens with what you typed and the times at which you "
        "are free, and I remind you of it, with a page about the student. Day and time are on your "
        "own clock, in any of the usual ways; add parents or group for the type, and for 45 "
        "minutes for the length. Without a name you choose the student in the form.",
        [
            f"{Command.HOMEROOM} meet Maya",
            f"{Command.HOMEROOM} meet Maya tomorrow 14:30",
            f"{Command.HOMEROOM} meet Maya Okafor Fri 2pm parents",
            f"{Command.HOMEROOM} meet Maya 2026-11-24 14:30 for 45 minutes",
        ],
    )


def digest_help() -> Answer:
    """What the digest is."""
    return usage(
        "Your day in one message: meetings, what is due, answers that came in. It comes at 07:30 "
        "on school days when there is something to say; the settings change its hour, make it "
        "weekly or stop it.",
        [f"{Command.HOMEROOM} digest now", f"{Command.HOMEROOM} settings"],
    )


def settings_help() -> Answer:
    """What can be set."""
    return usage(
        "When you can be met, when I remind you of meetings, your morning digest, quiet hours, "
        "a pause, and what a lock screen shows.",
        [f"{Command.HOMEROOM} settings"],
    )


def usage_help() -> Answer:
    """What administrators are told of the whole."""
    return usage(
        "How Homeroom is used in this workspace, for its administrators: of all teachers together, "
        "beside what was aimed at.",
        [f"{Command.HOMEROOM} usage"],
    )


def homeroom_help(*, administers: bool = False) -> Answer:
    """All that there is."""
    return Answer("What I can do", help_blocks(administers=administers))


def help_blocks(*, administers: bool = False) -> list[Block]:
    """The same, as blocks for messages and Home; for administrators what is theirs alone too."""
    usage_of_all = line(code(f"{Command.HOMEROOM} usage"), "  how all teachers use Homeroom")
    return [
        line(bold("What I can do for teachers")),
        line(code(f"{Command.STUDENT_REPORT} Maya"), "  how a student is doing"),
        line(code(f"{Command.CLASS_REPORT} Grade 5 Maths"), "  how a class is doing"),
        line(code(f"{Command.SKILL_REPORT} Fractions"), "  how a class stands with a skill"),
        line(code(f"{Command.HOMEROOM} compare Maya"), "  a student or class beside others"),
        line(code(f"{Command.HOMEROOM} trend Maya"), "  how a student or a class develops"),
        line(code(f"{Command.HOMEROOM} export Maya"), "  a report as PDF or CSV"),
        line(code(f"{Command.HOMEROOM} message Maya"), "  write to a student, or to a class"),
        line(code(f"{Command.HOMEROOM} assign Maya"), "  practice on what needs it most"),
        line(code(f"{Command.HOMEROOM} meet Maya Fri 14:30"), "  a meeting, with reminders"),
        line(code(f"{Command.HOMEROOM} parent Maya"), "  write to the parents"),
        line(code(f"{Command.HOMEROOM} tutor Maya"), "  a classmate who helps with a skill"),
        line(code(f"{Command.HOMEROOM} history Maya"), "  what was done, and what came of it"),
        line(code(f"{Command.HOMEROOM} digest now"), "  what today holds for you"),
        line(code(f"{Command.HOMEROOM} templates"), "  prepared texts for messages"),
        line(code(f"{Command.HOMEROOM} settings"), "  your hours, digest and quiet hours"),
        *([usage_of_all] if administers else []),
        line(code(f"{Command.HOMEROOM} help meet"), "  more about one of these"),
        section(f"{RANGES} Whatever you ask for comes to you alone, in your messages with me."),
    ]


def no_such_word(word: str, *, administers: bool = False) -> Answer:
    """That there is no such subcommand, and what there is."""
    typed = code(f"{Command.HOMEROOM} {shorten(word, 'name')}")
    blocks = [line("There is no ", typed, "."), *help_blocks(administers=administers)]
    return Answer("I do not know that word. Here is what I do.", blocks)


def near_word(typed: str, meant: str) -> Answer:
    """That there is no such command, but one much like it: both whole, with what follows."""
    wrong, right = (code(shorten(one, "reason")) for one in (typed, meant))
    words = line("There is no ", wrong, ". Did you mean ", right, "?")
    rest = line("All that I can do: ", code(f"{Command.HOMEROOM} help"))
    return Answer("I do not know that word. Did you mean another?", [words, rest])


def greeting_blocks(*, administers: bool = False) -> list[Block]:
    """For a teacher who writes to the bot."""
    return [
        section("I answer commands; whatever you write here otherwise I leave alone."),
        *help_blocks(administers=administers),
    ]


def how_to_be_linked(refusal: str, slack_user_id: str) -> list[Block]:
    """Why somebody gets no reports, and for those not linked yet what to hand on."""
    blocks = [section(refusal)]
    if refusal == FOR_NOBODY:
        blocks.append(line("They need your Slack member id: ", code(slack_user_id)))
    return blocks
