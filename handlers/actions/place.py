"""Where a report goes: into the message that was clicked, or into a new one."""

from dataclasses import replace

from handlers.ask import Ask
from handlers.codec import Ref


def in_place(ask: Ask, ref: Ref) -> Ref:
    """The same report, to be edited in the message that was clicked where that can be done.

    Only in direct messages: a report is never written into a channel.
    """
    if ask.message_ts is None or not (ask.channel or "").startswith("D"):
        return ref.report_only()
    return replace(ref.report_only(), channel=ask.channel, ts=ask.message_ts)
