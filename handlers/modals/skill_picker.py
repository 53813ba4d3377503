"""Picking a skill and a range, where none was typed; and what the menus of skills offer."""

from collections import Counter

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.modals.pickers import send_picked
from handlers.people import looking
from handlers.quick import open_view
from handlers.services import Services
from handlers.skills import MOST_CLASSES, Offered, offered_skills, skill_ref
from handlers.views.blocks import Element, option
from handlers.views.help import skill_report_help
from handlers.views.limits import LIMITS, shorten
from handlers.views.menus import ref_in
from handlers.views.modals import skill_picker_modal
from handlers.views.reports.answers import no_classes
from handlers.words import check_range
from school.access import visible_classes


def open_skill_picker(ask: Ask, services: Services, code: str | None) -> None:
    """Let a skill be picked, and a range; whoever has too many classes is told what to type."""
    with looking(ask, services) as (session, asker):
        check_range(code, asker.viewer.today)
        classes = len(visible_classes(session, asker.viewer))
    if not classes or classes > MOST_CLASSES:
        ask.ack(**(skill_report_help() if classes else no_classes()).message())
        return
    ask.ack()
    open_view(ask, services, skill_picker_modal(Ref(range=code, draft=new_draft())))


def skill_picked_submitted(ask: Ask, services: Services) -> None:
    """Send the report of the picked skill."""
    send_picked(ask, services, Action.CHOOSE_SKILL, "skill")


def skill_options(ask: Ask, services: Services) -> None:
    """Offer the skills that the asker's classes practise, or the class whose report it is."""
    with looking(ask, services) as (session, asker):
        ref = ref_in(str(ask.body.get("block_id") or ""))
        typed = str(ask.body.get("value") or "")
        found = offered_skills(session, asker.viewer, typed, class_id=ref.class_id)
    names = Counter(one.skill.name for one in found)
    ask.ack(
        options=[
            _option(one, ref.range, alone=names[one.skill.name] == 1)
            for one in found[: LIMITS["options"]]
        ]
    )


def _option(one: Offered, code: str | None, *, alone: bool) -> Element:
    """A skill with its class and who needs it below; of several alike the name has the class."""
    name = shorten(one.skill.name, "choice name")
    label = one.skill.name if alone else f"{name} · {shorten(one.inside.name, 'choice class')}"
    return option(label, skill_ref(one.skill, one.inside, code).encode(), one.words)
