"""Where a form shows what was refused: on the field in which it was typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from handlers.views.fields import block_of
from school.errors import InvalidInput


@contextmanager
def on_their_fields(
    fields: Mapping[str, str], view: Mapping[str, Any] | None = None
) -> Iterator[None]:
    """Have what is refused land on its field: `fields` names those of the form by the service's.

    With `view`, the form as it was sent, it lands there on the field's block, whatever its id.
    """
    try:
        yield
    except InvalidInput as refused:
        name = fields.get(refused.field, refused.field)
        place = block_of(view or {}, name).get("block_id", name)
        raise InvalidInput(place, str(refused)) from refused
