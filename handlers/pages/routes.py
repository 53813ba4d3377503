"""Every kind of page that people outside open."""

from handlers.pages.frame import PageRoute
from handlers.pages.meeting import MEETING_PAGE
from handlers.pages.parent import PARENT_PAGE
from handlers.pages.student import STUDENT_PAGE

ROUTES: tuple[PageRoute, ...] = (MEETING_PAGE, PARENT_PAGE, STUDENT_PAGE)
