"""Posting by huey with its queue in SQLite: eight threads, a task for each message.

Runs in an environment of its own with huey and slack_sdk: first `python -m bench.peers.posting_huey
NUMBER PEOPLE`, which queues, then `huey_consumer bench.peers.posting_huey.huey -w 8 -k thread`.
FOLDER and SLACK_API_URL stand in the environment. A task that a stop interrupts is lost.
"""

import os
import sys

from huey import SqliteHuey  # type: ignore[import-not-found]
from slack_sdk import WebClient

huey = SqliteHuey("bench", filename=f"{os.environ['FOLDER']}/huey.db", fsync=True)


@huey.task()  # type: ignore[untyped-decorator]
def post(person: str, number: int) -> None:
    """One message."""
    client = WebClient("xoxb-bench", base_url=os.environ["SLACK_API_URL"])
    client.chat_postMessage(channel=person, text=f"Number {number}")


if __name__ == "__main__":
    # By its module's name, under which the consumer finds the task.
    from bench.peers import posting_huey

    for n in range(int(sys.argv[1])):
        posting_huey.post(f"U0T{n % int(sys.argv[2]):04d}", n)
