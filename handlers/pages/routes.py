"""Every kind of page that people outside open."""

from handlers.pages.frame import PageRoute

ROUTES: tuple[PageRoute, ...] = ()
