"""What is asked for under a key is done once, and a key is for one thing.

The caller chooses the key: a form the id of its draft, a program whatever it likes. All acts of a
teacher share their keys, which stand with the interventions. With a key goes the fingerprint of
what was asked for, so that the same key with something else in it is refused and not answered with
what somebody did not ask for. Two at the same moment come one after the other: see
`interventions.opening.acting`.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.given import check_key
from school.access import Viewer
from school.errors import Conflict
from school.models import Intervention

USED = "This was used for something else. See what was done, and start anew if you need more."


class DoneOtherwise(Conflict):
    """Under the key something else was done before: the intervention of the id `done`."""

    def __init__(self, done: int) -> None:
        super().__init__(USED)
        self.done = done


@dataclass(frozen=True, slots=True)
class Once:
    """A key of a teacher's, or none, and what is asked for under it."""

    viewer: Viewer
    key: str | None
    asked: str

    @classmethod
    def under(cls, viewer: Viewer, key: str | None, act: str, *content: Any) -> Self:
        """`content` is what was given, made comparable: ids, words, moments in UTC, sorted lists.

        What the service found out by itself is none of it: that may be another the next time.
        Raises InvalidInput on `key`.
        """
        check_key(key)
        whole = json.dumps([act, *content], default=str, sort_keys=True)
        return cls(viewer, key, hashlib.sha256(whole.encode()).hexdigest())

    @property
    def own_key(self) -> str | None:
        """The key as it is kept: two teachers may use the same."""
        return None if self.key is None else f"{self.viewer.user_id}:{self.key}"

    def part(self, name: object) -> Self:
        """The same for one part of what is asked for, beside the whole."""
        return replace(self, key=None if self.key is None else f"{self.key}:{name}")

    def before(self, *, session: Session) -> Intervention | None:
        """What was done under the key before. Raises DoneOtherwise where it was something else."""
        if self.own_key is None:
            return None
        query = select(Intervention).where(
            Intervention.workspace_id == self.viewer.workspace_id, Intervention.key == self.own_key
        )
        done = session.scalars(query).first()
        if done is not None and done.asked != self.asked:
            raise DoneOtherwise(done.id)
        return done

    def keep(self, done: Intervention) -> None:
        """Note that this is what was done under the key."""
        if self.key is not None:
            done.key, done.asked = self.own_key, self.asked
