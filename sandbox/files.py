"""Files: the upload address, getting ready, and who may see them."""

from __future__ import annotations

import json
import threading
from typing import Any

from sandbox.errors import SlackError
from sandbox.records import Message, StoredFile
from sandbox.workspace import Workspace


class FileDesk:
    """The workspace's files and the rules about them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def reserve(self, name: str, length: int, alt_txt: str = "") -> StoredFile:
        """A file that waits for its bytes."""
        workspace = self._workspace
        file = StoredFile(workspace.new_id("F"), name, length, alt_txt=alt_txt)
        file.created = int(workspace.clock())
        workspace.files[file.id] = file
        return file

    def find(self, file_id: str) -> StoredFile:
        """The file with this id. Raises `file_not_found` or `file_deleted`."""
        file = self._workspace.files.get(file_id)
        if file is None:
            raise SlackError("file_not_found")
        if file.deleted:
            raise SlackError("file_deleted")
        return file

    def completed(self, file_id: str) -> StoredFile:
        """The file with this id, whose upload was finished. Raises as `find` does."""
        file = self.find(file_id)
        if file.ready_at is None:
            raise SlackError("file_not_found")
        return file

    def receive(self, file: StoredFile, content: bytes) -> None:
        """Take the bytes that came to the upload address."""
        with self._workspace.change():
            file.content = content

    def complete(self, file_id: str, title: str) -> StoredFile:
        """Finish an upload, which can be done once: from now on it is being made ready."""
        file = self.find(file_id)
        if file.content is None:
            raise SlackError("file_upload_incomplete")
        if file.ready_at is not None:
            raise SlackError("file_not_found")
        with self._workspace.change():
            file.title = title or file.name
            file.ready_at = self._workspace.clock() + self._workspace.settings.file_ready_seconds
        return file

    def share(self, message: Message) -> None:
        """Post a message with files when they are ready; until then they are shared nowhere."""
        wait = self._workspace.settings.file_ready_seconds
        timer = threading.Timer(wait, self._show, (message,))
        timer.daemon = True
        timer.start()

    def _show(self, message: Message) -> None:
        workspace = self._workspace
        with workspace.lock:
            files = [workspace.files[name] for name in message.files if name in workspace.files]
            if len(files) < len(message.files) or any(file.deleted for file in files):
                return
            message.ts = workspace.new_ts()
            for file in files:
                file.shares.setdefault(message.channel, []).append(message.ts)
        workspace.post(message)

    def is_ready(self, file: StoredFile) -> bool:
        """Whether it may be shown by now."""
        ready_at = file.ready_at
        return not file.deleted and ready_at is not None and self._workspace.clock() >= ready_at

    def shows(self, slack_file: dict[str, Any]) -> bool:
        """Whether a block's `slack_file` names a file that may be shown."""
        file = self._workspace.files.get(str(slack_file.get("id")))
        if file is None and "url" in slack_file:
            address = str(slack_file["url"])
            file = next((f for f in self._workspace.files.values() if f.id in address), None)
        return file is not None and self.is_ready(file)

    def never_ready(self, slack_file: dict[str, Any]) -> bool:
        """Ephemeral messages share no file, so nobody would see it there."""
        return False

    def visible_to(self, user: str, file: StoredFile) -> bool:
        """Whether it stands in a message or view that this person can see."""
        workspace = self._workspace
        if file.deleted:
            return False
        with workspace.lock:
            messages = [
                m
                for c in workspace.conversations.values()
                if user in c.members
                for m in c.messages
                if m.seen_by(user)
            ]
            views = [*workspace.modals.get(user, []), *filter(None, [workspace.homes.get(user)])]
            blocks = [*(m.blocks for m in messages), *(v.blocks for v in views)]
            shared = any(file.id in m.files for m in messages)
            return shared or any(_names(b, file) for b in blocks)


def _names(blocks: list[dict[str, Any]], file: StoredFile) -> bool:
    """Whether these blocks name the file."""
    return f'"{file.id}"' in json.dumps([b for b in blocks if "slack_file" in json.dumps(b)])
