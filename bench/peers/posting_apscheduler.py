"""Posting by APScheduler with its jobs in SQLite: eight threads, a job for each message.

`python -m bench.peers.posting_apscheduler FOLDER SLACK_API_URL NUMBER PEOPLE`. A job is taken out
of the store before it runs: what a stop interrupts is lost.
"""

import sys
import threading
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk import WebClient


def post(api_url: str, person: str, number: int) -> None:
    """One message."""
    client = WebClient("xoxb-bench", base_url=api_url)
    client.chat_postMessage(channel=person, text=f"Number {number}")


def main(folder: str, api_url: str, number: str, people: str) -> None:
    """Put so many jobs, then run them for ever."""
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{folder}/apscheduler.db")},
        executors={"default": ThreadPoolExecutor(8)},
        job_defaults={"misfire_grace_time": None},
        timezone=UTC,
    )
    scheduler.start(paused=True)
    for n in range(int(number)):
        words = [api_url, f"U0T{n % int(people):04d}", n]
        scheduler.add_job(post, "date", run_date=datetime.now(UTC), args=words)
    scheduler.resume()
    threading.Event().wait()


if __name__ == "__main__":
    # By its module's name, as the store keeps where a job's function is found.
    from bench.peers import posting_apscheduler

    posting_apscheduler.main(*sys.argv[1:])
