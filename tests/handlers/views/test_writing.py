"""The forms of messages and templates, and what reports offer to do: within limits, and true."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.acts import OPENERS
from handlers.codec import Ref
from handlers.ids import Act
from handlers.views.blocks import option
from handlers.views.interventions.act_buttons import OFFERED, act_buttons, class_act_buttons
from handlers.views.messages.bulk import BulkForm, Own, bulk_modal, bulk_sent
from handlers.views.messages.message import Addressee, MessageForm, message_modal
from handlers.views.messages.templates import (
    TemplateForm,
    TemplateLine,
    template_modal,
    templates_modal,
)
from interventions.messages import Category, Filled, Trouble
from interventions.students import Reach, Way
from tests.analytics.charts.samples import class_report, student_report
from tests.handlers.views.reports import NAMES
from tests.handlers.views.test_limits import QUICK, sound_view

FEW = settings(QUICK, max_examples=15)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300) | st.just("- a *b*\n" * 370)
LINES = st.lists(
    st.builds(
        TemplateLine,
        st.integers(1, 2**31),
        st.sampled_from([one.value for one in Category]),
        NAMES.map(lambda one: one[:75] or "–"),
        NAMES,
        st.none() | st.just("code"),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
).map(lambda lines: sorted(lines, key=lambda one: one.category))
REACHES = st.sampled_from([Reach(Way.SLACK, "Slack"), Reach(Way.MAIL, "e-mail to l***@school.org")])
FILLED = st.builds(Filled, TEXTS, st.lists(st.builds(Trouble, NAMES, NAMES), max_size=3))
REF = Ref(student=2**31, class_id=2**31, concern="struggling", skill=2**31, draft="d" * 32)


@FEW
@given(LINES, TEXTS, FILLED, NAMES, REACHES)
def test_the_form_of_a_message_fits(
    lines: list[TemplateLine], text: str, filled: Filled, name: str, reach: Reach
) -> None:
    chosen = lines[0].id if lines else None
    to = Addressee(1, name, name, name, reach)
    form = MessageForm(
        to=to,
        templates=lines,
        text=text,
        placed=text,
        filled=filled,
        mark="m",
        menu_mark="n",
        sender="Ms Ruiz",
        template=chosen,
        offered=chosen,
        said=(name or "–",),
    )
    sound_view(message_modal(form, REF))
    nowhere = replace(form, to=replace(to, reach=Reach(Way.NONE, "no way")))
    sound_view(message_modal(nowhere, REF))


@FEW
@given(LINES, st.lists(st.builds(Own, st.integers(1, 99), NAMES, REACHES, FILLED), max_size=8))
def test_the_form_for_several_fits(lines: list[TemplateLine], own: list[Own]) -> None:
    whole = {one.id: one.name for one in own}
    entries = [option(name, f"student={number}") for number, name in whole.items()]
    short = all(len(one.filled.text) < 600 for one in own if one.filled)
    form = BulkForm(
        title="Grade 5",
        entries=entries or [option("Nobody", "student=1")],
        chosen=own,
        unreached=own,
        templates=lines,
        text="Hi" if short else "Hi" * 400,
        placed="Hi",
        mark="a",
        menu_mark="b",
        students_mark="c",
    )
    most = form.per_page
    shown = [replace(one, filled=one.filled if at < most else None) for at, one in enumerate(own)]
    sound_view(bulk_modal(replace(form, chosen=shown), REF))
    sound_view(bulk_sent(own, own, 2**62, timedelta(seconds=30), "slack://channel?team=T&id=D"))


@FEW
@given(LINES, FILLED)
def test_the_list_and_the_form_of_templates_fit(lines: list[TemplateLine], shown: Filled) -> None:
    sound_view(templates_modal(lines[:12], lines, lines[:10], "Removed: x", 1))
    form = TemplateForm("A title", Category.OTHER.value, "Hi [Student]", shown, "m")
    sound_view(template_modal(form, Ref(template=1)))
    sound_view(template_modal(form, Ref(draft="d" * 32)))


def labels(blocks: list[dict[str, Any]]) -> list[str]:
    """What the buttons say."""
    return [one["text"]["text"] for block in blocks for one in block["elements"] if "text" in one]


def test_a_student_s_report_offers_what_is_built() -> None:
    report = student_report()
    [row] = act_buttons(report, report.range.end)
    said = " ".join(labels([row]))
    assert "Assign" in said
    assert "Message" in said
    behind = next(one for one in row["elements"] if one["type"] == "overflow")["options"]
    acts = {Ref.decode(one["value"]).act for one in behind}
    acts |= {Ref.decode(one["value"]).act for one in row["elements"] if "value" in one}
    assert acts == {act.value for act in OFFERED}


def test_a_report_of_past_days_names_no_skill_and_no_concern() -> None:
    report = student_report()
    [row] = act_buttons(report, report.range.end + timedelta(days=1))
    assert labels([row])[0] == "Assign practice"
    assert "concern" not in str(row)
    assert class_act_buttons(class_report(), date(2030, 1, 1)) == []


def test_a_class_s_report_offers_practice_and_a_message_to_those_who_need_it() -> None:
    report = class_report()
    blocks = class_act_buttons(report, report.range.end)
    refs = [Ref.decode(one["value"]) for block in blocks for one in block["elements"]]
    assert {one.act for one in refs} <= {Act.ASSIGN.value, Act.MESSAGE.value}
    assert all(one.class_id == report.class_id for one in refs)
    calm = replace(report, focus=(), struggling=(), concerns=())
    assert class_act_buttons(calm, report.range.end) == []


def test_reports_offer_every_act_that_is_built_but_resolving_which_needs_an_alert() -> None:
    assert set(OFFERED) == set(OPENERS) - {Act.RESOLVE}
