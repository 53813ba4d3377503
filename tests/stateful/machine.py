"""What people do about meetings, what time does, and what goes wrong, as rules to be drawn from."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule

from interventions.meetings import (
    AttendeeKind,
    Invitee,
    cancel_meeting,
    move_meeting,
    record_outcome,
    reopen_outcome,
    restore_meeting,
    schedule_meeting,
    undo_move,
)
from interventions.reminders import replan_of
from sandbox.mailbox import MailFault
from school.deliveries import retry_failed, take_back
from school.preferences import MEETING_REMINDERS, set_preference
from tests.stateful.model import NOTICE_AFTER, Facts, MeetingModel
from tests.stateful.watching import Watching
from tests.stateful.world import INSTANT, POINTS, START, TEACHER, ZONE, World

LEADS = ((1440, 15), (60, 15), (180, 30), (15,), ())
NOTICES = (
    "meeting_invitation_mail",
    "meeting_own_mail",
    "meeting_moved_mail",
    "meeting_cancelled_mail",
)
SLACK_TROUBLE = ("ratelimited", "server_error", "drop", "refuse", "is_archived")
MAIL_TROUBLE = ("error", "drop", "refuse", "later")

days = st.sampled_from([1, 2, 3, 4, 8, 9, 10, 11])
"""Days after the first Monday: Tuesdays to Fridays."""
times = st.tuples(days, st.integers(10, 15), st.sampled_from([0, 30]))


def moment(when: tuple[int, int, int]) -> datetime:
    """A day, hour and minute of the school's clock."""
    day, hour, minute = when
    return (
        (START + timedelta(days=day)).astimezone(ZoneInfo(ZONE)).replace(hour=hour, minute=minute)
    )


class Meetings(Watching, RuleBasedStateMachine):
    """The rules: what people do, what time does, and what goes wrong."""

    make_world: Callable[[], World]
    meetings = Bundle("meetings")

    @initialize(target=meetings, when=times)
    def open_school(self, when: tuple[int, int, int]) -> "int | object":
        self.world = type(self).make_world()
        self.watch()
        self.leads: tuple[int, ...] = LEADS[0]
        self.mail_faults: list[MailFault] = []
        return self._schedule(when, invited=True)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.heal()
            self.pass_time(timedelta(days=30))
            self.everything_has_come()
        finally:
            self.world.close()

    # what people do

    @rule(target=meetings, when=times, invited=st.booleans())
    def schedule(self, when: tuple[int, int, int], invited: bool) -> "int | object":
        return self._schedule(when, invited=invited)

    def _schedule(self, when: tuple[int, int, int], *, invited: bool) -> "int | object":
        now, start = self.world.now, moment(when)
        if start <= now:
            return multiple()
        attendees = [Invitee(AttendeeKind.GUARDIAN, 1)] if invited else []
        with self.world.saving() as session:
            made = schedule_meeting(
                TEACHER,
                1,
                "parent_conference",
                start,
                session=session,
                now=now,
                attendees=attendees,
                allow_clash=True,
            )
            model = MeetingModel(made.id, Facts(start), invited)
            model.notice_due = now + NOTICE_AFTER
        model.known[0] = model.facts
        model.plan(self.leads, now)
        self.models[model.id] = model
        self.step()
        return model.id

    @rule(which=meetings, when=times)
    def move(self, which: int, when: tuple[int, int, int]) -> None:
        model, now, start = self.models[which], self.world.now, moment(when)
        if model.status != "scheduled" or start <= now or start == model.facts.start:
            return
        with self.world.saving() as session:
            move_meeting(
                TEACHER, which, model.version, start, session=session, now=now, allow_clash=True
            )
        model.change("moved", Facts(start), self.leads, now)
        self.step()

    @rule(which=meetings)
    def undo(self, which: int) -> None:
        """Undo what was done last, where it was a move or a cancel and its time is to come."""
        model, now = self.models[which], self.world.now
        if model.last not in ("moved", "cancelled"):
            return
        before = model.was[-1] if model.last == "moved" else Facts(model.facts.start)
        if before.start <= now:
            return
        undo = undo_move if model.last == "moved" else restore_meeting
        with self.world.saving() as session:
            undo(TEACHER, which, model.version, session=session, now=now, allow_clash=True)
        model.change("undone", before, self.leads, now)
        self.step()

    @rule(which=meetings)
    def cancel(self, which: int) -> None:
        model, now = self.models[which], self.world.now
        if model.status != "scheduled" or model.end <= now:
            return
        with self.world.saving() as session:
            cancel_meeting(TEACHER, which, model.version, session=session, now=now)
        model.change("cancelled", Facts(model.facts.start, cancelled=True), self.leads, now)
        self.step()

    @rule(which=meetings, outcome=st.sampled_from(["held", "missed", "scheduled"]))
    def answer(self, which: int, outcome: str) -> None:
        """Say what came of it, or open that again."""
        model, now = self.models[which], self.world.now
        again = model.status in ("held", "missed")
        if model.facts.start > now or model.status == "cancelled":
            return
        if outcome == "scheduled" and not again:
            return
        with self.world.saving() as session:
            if outcome == "scheduled":
                reopen_outcome(TEACHER, which, model.version, session=session, now=now)
            else:
                record_outcome(TEACHER, which, model.version, outcome, session=session, now=now)
        model.answer(outcome, self.leads, now)
        self.step()

    @rule(leads=st.sampled_from(LEADS))
    def choose_leads(self, leads: tuple[int, ...]) -> None:
        now, self.leads = self.world.now, leads
        with self.world.saving() as session:
            set_preference(session, 1, TEACHER, MEETING_REMINDERS, {"minutes": list(leads)})
            session.flush()  # the plan reads it
            replan_of(session, TEACHER, now)
        for model in self.models.values():
            if model.status == "scheduled":
                model.plan(leads, now)
        self.step()

    @rule()
    def take_the_last_notice_back(self) -> None:
        now = self.world.now
        for each in sorted(self.world.deliveries().values(), key=lambda one: -one.id):
            if each.kind in NOTICES and each.finished_at is None:
                with self.world.saving() as session:
                    if take_back(session, 1, each.id, sender_id=TEACHER, now=now):
                        self.taken_back.add(each.id)
                        self.models[each.payload["meeting"]].silenced = True
                return

    @rule()
    def try_what_failed_again(self) -> None:
        for each in self.world.deliveries().values():
            if each.state == "failed":
                with self.world.saving() as session:
                    retry_failed(session, 1, each.id, now=self.world.now)
        self.step()

    # what time does

    @rule(minutes=st.sampled_from([1, 10, 45, 180, 600, 1440, 3000]))
    def let_time_pass(self, minutes: int) -> None:
        self.pass_time(timedelta(minutes=minutes))

    @rule(which=meetings, before=st.sampled_from([1440, 61, 14, 0]))
    def let_a_meeting_come_near(self, which: int, before: int) -> None:
        """To just after a reminder of it, most often."""
        span = self.models[which].facts.start - timedelta(minutes=before) - self.world.now
        if span > timedelta():
            self.pass_time(span)

    @rule(which=meetings, when=times, before=st.sampled_from([1440, 14]), cut_off=st.booleans())
    def change_a_meeting_after_its_reminder(
        self, which: int, when: tuple[int, int, int], before: int, cut_off: bool
    ) -> None:
        """It has gone out, or waits for the network, when the meeting moves or is cancelled."""
        if cut_off:
            self.lose_the_network()
        self.let_a_meeting_come_near(which, before)
        if before == 14:
            self.cancel(which)
        else:
            self.move(which, when)
        self.heal()

    @rule(minutes=st.sampled_from([1, 20, 300, 4000]))
    def be_down(self, minutes: int) -> None:
        """Nothing runs for a while; then all that is still of use comes, late."""
        self.world.now += timedelta(minutes=minutes)
        self.step()

    # what goes wrong

    @rule(kind=st.sampled_from(SLACK_TROUBLE), times=st.integers(1, 3))
    def trouble_slack(self, kind: str, times: int) -> None:
        code = {"kind": "error", "code": kind} if kind == "is_archived" else {"kind": kind}
        self.world.slack.faults.set("chat.*", times=times, **code)

    @rule()
    def lose_the_network(self) -> None:
        """Nothing gets out until all is well again, or is given up."""
        self.world.slack.faults.set("*", "server_error", times=None)
        self.mail_faults.append(self.world.mailbox.fail("error", times=None, code=451))

    @rule(kind=st.sampled_from(MAIL_TROUBLE), times=st.integers(1, 3))
    def trouble_mail(self, kind: str, times: int) -> None:
        code = 451 if kind == "later" else 550
        kind = "error" if kind == "later" else kind
        self.mail_faults.append(self.world.mailbox.fail(kind, times=times, code=code))

    @rule(point=st.sampled_from(POINTS))
    def kill(self, point: str) -> None:
        """The process is killed where it gets to that point the next time."""
        self.world.doom.point = point
        self.pass_time(timedelta(hours=3))

    @rule()
    def heal(self) -> None:
        """Everything works again, and enough time passes for all that waits."""
        self.world.slack.faults.clear()
        for fault in self.mail_faults:
            fault.times = 0
        self.world.doom.point = None
        self.try_what_failed_again()
        self.pass_time(timedelta(minutes=12))
        self.everything_has_come()

    # how time goes

    def pass_time(self, span: timedelta) -> None:
        """Let time pass from one event to the next, the model's or the product's."""
        until = self.world.now + span
        while (at := self._next_event()) is not None and at <= until:
            self.world.now = max(at, self.world.now + INSTANT)
            self.step()
        self.world.now = max(until, self.world.now)
        self.step()

    def step(self) -> None:
        """Let everybody act, and look at what has come."""
        before = self.world.now
        self.world.step()
        for model in self.models.values():
            model.tick(before)
            model.tick(self.world.now)
        self.read_messages()

    def _next_event(self) -> datetime | None:
        own = [one.due for model in self.models.values() for one in model.waiting.values()]
        later = [at for at in own if at > self.world.now]
        return min([*later, *filter(None, [self.world.next_event()])], default=None)
