"""What teachers read of notices to families: answers, states and reasons, in words."""

from handlers.families.wording import EN
from interventions.outcomes import State
from interventions.parents import Choice, ConcernType, WhyNot

CONCERNS = {
    ConcernType.INACTIVITY: "No practice",
    ConcernType.STRUGGLING: "Something is hard",
    ConcernType.OVERDUE_WORK: "Overdue work",
    ConcernType.DECLINING: "Falling results",
    ConcernType.PRAISE: "Praise",
    ConcernType.OTHER: "Something else",
}
WHY_NOT = {
    WhyNot.DO_NOT_CONTACT: "the school's records say not to contact them",
    WhyNot.NO_ADDRESS: "no e-mail address on record",
    WhyNot.BAD_ADDRESS: "the address on record is none",
    WhyNot.SAME_ADDRESS: "has the same address as another guardian",
}
STANDS = {
    State.WAITING: "going out",
    State.FAILED: "could not be sent",
    State.TAKEN_BACK: "taken back",
    State.SENT: "sent",
    State.FETCHED: "sent; fetched, perhaps by a scanner",
    State.READ: "opened",
    State.REPLIED: "answered",
}
ERRORS = {
    "no_mail_server": "no e-mail server is set up",
    "no_mail_from": "no sender's address is set up",
    "bad_address": "the address is none",
    "do_not_contact": "the school's records say not to contact them",
    "guardian_inactive": "no guardian any more",
    "no_address": "no e-mail address on record",
    "no_access": "not one of your students any more",
}
"""Why one could not be sent, for the commonest codes; the code itself for the others."""


def answer_words(choice: str, words: str) -> str:
    """An answer as it was given: the click in English, then the words as written."""
    clicked = EN.choices[Choice(choice)] if choice in set(Choice) else ""
    said = f"“{words}”" if words else ""
    return ": ".join(one for one in (clicked, said) if one)
