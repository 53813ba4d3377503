"""What has to hold of all that comes, whatever happens: compared with the model's meetings."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis.stateful import invariant, precondition

from school.models import CardCopy, Delivery
from tests.stateful.model import ASKED, Facts, Key, MeetingModel
from tests.stateful.world import ZONE, World

CARD, QUESTION, REMINDER = "meeting_card", "meeting_outcome", "meeting_reminder"
REMINDER_MAIL, OWN_MAIL = "meeting_reminder_mail", "meeting_own_mail"
LONG_AFTER = timedelta(hours=26)


def tells(words: str, at: datetime) -> bool:
    """Whether a message names the time of day, as Slack's cards or as letters do."""
    local = at.astimezone(ZoneInfo(ZONE))
    half = "am" if local.hour < 12 else "pm"
    letter = f"{(local.hour - 1) % 12 + 1}:{local.minute:02} {half}"
    return f"{local.hour}:{local.minute:02}" in words or letter in words.replace("\xa0", " ")


class Watching:
    """Reads what comes to people as it comes, and holds it against the model."""

    world: World

    def watch(self) -> None:
        """Begin with nothing seen."""
        self.models: dict[int, MeetingModel] = {}
        self.posted: Counter[int] = Counter()
        self.mailed: Counter[int] = Counter()
        self.told: dict[tuple[int, str], Facts] = {}
        self.taken_back: set[int] = set()

    def read_messages(self) -> None:
        rows = self.world.deliveries()
        posts, mails = self.world.posts(), self.world.mails()
        for key, words in self._new(posts, self.posted):
            self._check(rows[key], words)
        for key, words in self._new(mails, self.mailed):
            self._check(rows[key], words)
            self._note_told(rows[key])
        self.posted = Counter(key for key, _ in posts)
        self.mailed = Counter(key for key, _ in mails)

    @staticmethod
    def _new(seen: list[tuple[int, str]], before: Counter[int]) -> list[tuple[int, str]]:
        count: Counter[int] = Counter()
        new = []
        for key, words in seen:
            count[key] += 1
            if count[key] > before[key]:
                new.append((key, words))
        return new

    def _check(self, delivery: Delivery, words: str) -> None:
        """What comes is of now: of the meeting as it stands, neither too early nor too late."""
        if delivery.kind not in (REMINDER, REMINDER_MAIL):
            return
        model = self.models[delivery.payload["meeting"]]
        assert model.status == "scheduled", "a reminder of a meeting that is not to be"
        assert delivery.payload["sequence"] == model.sequence, "a reminder of another time"
        assert tells(words, model.facts.start)
        assert self.world.now < model.facts.start, "a reminder of a meeting that has begun"
        who = "u" if delivery.kind == REMINDER else "a"
        key: Key = (who, delivery.payload["lead"], model.sequence)
        assert key in model.ended, "a reminder before its time"

    def _note_told(self, delivery: Delivery) -> None:
        model = self.models[delivery.payload["meeting"]]
        assert delivery.payload["sequence"] == model.sequence, "an e-mail of another time"
        assert delivery.id not in self.taken_back, "an e-mail that was taken back"
        who = "u" if delivery.kind == OWN_MAIL else "a"
        assert not model.facts.cancelled or (model.id, who) in self.told, "a cancel of nothing"
        self.told[model.id, who] = model.facts

    @invariant()
    @precondition(lambda self: hasattr(self, "world"))
    def nothing_comes_twice(self) -> None:
        rows = self.world.deliveries()
        assert all(count == 1 for key, count in self.posted.items() if key), "posted twice"
        for key, copies in self.mailed.items():
            assert copies <= 1 + rows[key].unclear, "a copy that nothing explains"
        occasions = Counter(
            (each.kind, each.payload["meeting"], each.payload["sequence"], each.payload["lead"])
            for each in rows.values()
            if each.kind in (REMINDER, REMINDER_MAIL)
        )
        assert not occasions or max(occasions.values()) == 1, "made twice"
        cards = Counter(
            rows[key].payload["copy"] for key in self.posted if key and rows[key].kind == CARD
        )
        assert not cards or max(cards.values()) == 1, "a card that stands twice"

    def everything_has_come(self) -> None:
        """With all well again nothing is left to be sent that was due."""
        rows, now = self.world.deliveries(), self.world.now
        seen = self._occasions_seen(rows)
        for model in self.models.values():
            for key, one in model.owed.items():
                if now < one.expires and one.due + LONG_AFTER > now:
                    assert (model.id, key) in seen, f"{key} of meeting {model.id} never came"
            self._check_card(model)
            for who in "ua" if model.invited else "u":
                self._check_told(model, who, now)

    def _occasions_seen(self, rows: dict[int, Delivery]) -> set[tuple[int, Key]]:
        seen: set[tuple[int, Key]] = set()
        for key in [*self.posted, *self.mailed]:
            row = rows.get(key)
            if row is None:
                continue
            if row.kind in (REMINDER, REMINDER_MAIL):
                who = "u" if row.kind == REMINDER else "a"
                told = (who, row.payload["lead"], row.payload["sequence"])
                seen.add((row.payload["meeting"], told))
            if row.kind == QUESTION and "sequence" in row.payload:
                seen.add((int(str(row.about).split()[1]), (*ASKED, row.payload["sequence"])))
        return seen

    def _check_card(self, model: MeetingModel) -> None:
        """The teacher's card shows the meeting as it stands."""
        with self.world.session_factory() as session:
            where = {"card": CARD, "subject_id": model.id}
            copy = session.query(CardCopy).filter_by(**where).one()
        assert copy.version == model.version
        shown = [m for m in self.world.slack.messages("U1") if m.ts == copy.message_ts]
        assert len(shown) == 1
        assert tells(str(shown[0].blocks), model.facts.start)

    def _check_told(self, model: MeetingModel, who: str, now: datetime) -> None:
        """Whoever is invited was told, and last what holds; a cancel only who was told before."""
        told = self.told.get((model.id, who))
        if model.silenced or model.notice_due is None or now < model.notice_due:
            return
        if told is None:
            is_to_come = model.status == "scheduled" and now < model.facts.start
            assert not is_to_come, f"{who} never heard of meeting {model.id}"
        elif now < max(told.start, model.facts.start):
            assert told == model.facts, f"the last that {who} heard does not hold"
