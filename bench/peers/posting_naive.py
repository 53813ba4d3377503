"""Posting as one would first write it: a loop, Slack's own client, a commit after each message.

`python -m bench.peers.posting_naive FOLDER SLACK_API_URL NUMBER PEOPLE`
"""

import sqlite3
import sys
from pathlib import Path

from slack_sdk import WebClient


def main(folder: str, api_url: str, number: str, people: str) -> None:
    """Put so many rows, then send them."""
    client = WebClient("xoxb-bench", base_url=api_url)
    with sqlite3.connect(Path(folder) / "naive.db") as book:
        book.execute("PRAGMA journal_mode=WAL")
        book.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, person TEXT, sent INTEGER)")
        rows = [(f"U0T{n % int(people):04d}",) for n in range(int(number))]
        book.executemany("INSERT INTO messages (person, sent) VALUES (?, 0)", rows)
        book.commit()
        for key, person in book.execute("SELECT id, person FROM messages").fetchall():
            client.chat_postMessage(channel=person, text=f"Number {key}")
            book.execute("UPDATE messages SET sent = 1 WHERE id = ?", (key,))
            book.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
