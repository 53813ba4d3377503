"""What the tutor and the student will read of the tutoring that stands in a form.

As for a meeting (`handlers/meetings/preview.py`), it is arranged and taken back at once.
"""

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.deliveries.tutoring import to_student, to_tutor
from handlers.modals.tutor import FIELDS, asked
from handlers.people import Asker, opening
from handlers.quick import lay_view
from handlers.refused import on_their_fields
from handlers.services import Services
from handlers.trying import tried
from handlers.views.tutoring.preview import TutoringRead, tutoring_preview
from interventions.tutoring import pair_view
from interventions.tutoring.rules import PURPOSE
from school.access import open_student


def tutor_preview_action(ask: Ask, services: Services) -> None:
    """Show both messages; both students are audited. Raises NotFound and InvalidInput."""
    ref = ask.carried

    def arranged(session: Session, asker: Asker) -> TutoringRead:
        view = pair_view(asked(ask, asker, services, ref, session=session), session=session)
        names = view.tutor.name, view.student.name
        ids = view.tutor.id, view.student.id
        return TutoringRead(*names, to_tutor(view), to_student(session, view, asker.now), ids)

    with on_their_fields(FIELDS, ask.view):
        read = tried(ask, services, arranged)
    with opening(ask, services) as (session, asker):
        for one in read.ids:
            open_student(session, asker.viewer, one, PURPOSE, now=asker.now)
    ask.ack()
    lay_view(ask, services, tutoring_preview(read))
