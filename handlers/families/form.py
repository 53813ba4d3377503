"""Filling the form of an e-mail to a family: who is on record, the first text, the previews."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from analytics.reports.data import StudentReport
from bot.links import Pages
from handlers.codec import Ref
from handlers.families.letter import LetterWords, letter_words, report_as_of
from handlers.families.starters import starter
from handlers.ids import Action
from handlers.people import Asker
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.families.parent import EACH, WITH_REPORT, ParentForm
from handlers.views.fields import block_of, chosen_in, text_in, ticked_in
from handlers.views.moments import near_words
from interventions.messages import contacted_lately
from interventions.parents import ConcernType, guardians_on_record
from interventions.parents.concerns import concern_type_of
from interventions.parents.notify import PURPOSE
from school.access import classes_shared, visible_classes
from school.errors import InvalidInput
from school.languages import ENGLISH, OURS
from school.models import Student
from school.zones import own_zone


class FormMaker:
    """Makes the form of one student, opened and audited. Raises NotFound."""

    def __init__(self, asker: Asker, ref: Ref, services: Services, *, session: Session) -> None:
        self._asker, self._ref, self._services, self._session = asker, ref, services, session
        # The access is checked here, before the student's row is looked at.
        self._name = title_of(asker.viewer, Ref(student=ref.student), session=session)
        self.student = session.get_one(Student, ref.student)
        shared = classes_shared(session, asker.viewer, self.student.id)
        self.class_id = ref.class_id if ref.class_id in shared else next(iter(shared), None)
        self._report = report_as_of(
            asker.viewer,
            self.student,
            self.class_id,
            PURPOSE,
            session=session,
            now=asker.now,
            at=asker.now,
        )

    def opened(self) -> ParentForm:
        """The form as it opens: all who may be written to, about what stands out."""
        known = guardians_on_record(self.student, session=self._session)
        titles = {one.id: one.title for one in visible_classes(self._session, self._asker.viewer)}
        concern = self._concern()
        text = starter(self._report, concern, self.student.given_name, ENGLISH)
        form = ParentForm(
            name=self._name,
            given=self.student.given_name,
            where=titles.get(self.class_id or 0, ""),
            student_id=self.student.id,
            guardians=known,
            chosen=frozenset(one.id for one in known if one.why_not is None),
            concern=concern,
            language=EACH,
            text=text,
            placed=text,
            with_report=False,
            previews={},
            mark=_mark(),
            said=self._warnings(),
            linked=Pages.of(self._services.settings) is not None,
            take_back=timedelta(seconds=self._services.settings.take_back),
        )
        return self._with_previews(form)

    def entered(self, view: dict[str, Any]) -> ParentForm:
        """The form with what stands in it; a first text that was left alone follows the menus."""
        form = self._typed(view)
        if form.text.strip() in ("", form.placed.strip()):
            form = self._restarted(form)
        return self._with_previews(form)

    def as_it_stands(self, view: dict[str, Any]) -> ParentForm:
        """The same to the letter."""
        return self._with_previews(self._typed(view))

    def _typed(self, view: dict[str, Any]) -> ParentForm:
        block = block_of(view, Action.PARENT_TEXT)
        placed = str((block.get("element") or {}).get("initial_value") or "")
        mark = str(block.get("block_id", "")).partition("|")[2] or _mark()
        return replace(
            self.opened(),
            chosen=frozenset(entered_guardians(view)),
            concern=entered_concern(view),
            language=chosen_in(view, Action.PARENT_LANGUAGE) or EACH,
            text=text_in(view, Action.PARENT_TEXT),
            placed=placed,
            mark=mark,
            with_report=WITH_REPORT in ticked_in(view, Action.PARENT_REPORT),
        )

    def _restarted(self, form: ParentForm) -> ParentForm:
        language = form.language if form.language in OURS else ENGLISH
        text = starter(self._report, form.concern, form.given, language)
        if text == form.placed and form.text:
            return form
        return replace(form, text=text, placed=text, mark=_mark())

    def _with_previews(self, form: ParentForm) -> ParentForm:
        languages: Iterable[str] = (form.language,)
        if form.language == EACH:
            languages = [one.language for one in form.guardians if one.id in form.chosen]
        previews = {one: self._letter(form, one) for one in dict.fromkeys(languages)}
        return replace(form, previews=previews)

    def _letter(self, form: ParentForm, language: str) -> LetterWords:
        who = self._asker.user.name, self.student
        return letter_words(self._report, form.concern, form.text, *who, language)

    def _concern(self) -> ConcernType:
        """What was asked for, else what stands out."""
        try:
            return concern_type_of(self._ref.concern or "")
        except InvalidInput:
            return standing_out(self._report)

    def _warnings(self) -> tuple[str, ...]:
        """Which colleagues wrote a short while ago."""
        asker = self._asker
        who = asker.viewer, self.student.id
        zone = own_zone(asker.viewer, session=self._session).key
        return tuple(
            f"{one.name} wrote to {'the family' if one.to_family else self.student.given_name} "
            f"{near_words(one.at, zone, asker.now)}."
            for one in contacted_lately(self._session, *who, asker.now)
        )


def standing_out(report: StudentReport) -> ConcernType:
    """The gravest concern of a student, else praise where there is some."""
    if report.concerns:
        return concern_type_of(report.concerns[0].kind.value)
    return ConcernType.PRAISE if report.praise else ConcernType.OTHER


def entered_guardians(view: dict[str, Any]) -> list[int]:
    """Who was ticked."""
    ticked = ticked_in(view, Action.PARENT_GUARDIANS)
    return [int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 10]


def entered_concern(view: dict[str, Any]) -> ConcernType:
    """What it is about. Raises InvalidInput."""
    return concern_type_of(chosen_in(view, Action.PARENT_CONCERN) or "")


def _mark() -> str:
    return uuid4().hex[:8]
