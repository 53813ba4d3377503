"""Pictures of reports: frozen dataclasses in, PNG out. No Slack, no queries, never pyplot."""

import os
import tempfile
from pathlib import Path


def keep_a_font_cache() -> None:
    """Give matplotlib a lasting place for its cache where the home folder is read-only.

    Without one it makes a new folder, and lists all fonts of the machine anew, in each process.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    writable = next((folder for folder in (home, *home.parents) if folder.exists()), home)
    if not os.access(writable, os.W_OK):
        shared = Path(tempfile.gettempdir()) / f"homeroom-matplotlib-{os.getuid()}"
        os.environ.setdefault("MPLCONFIGDIR", str(shared))


# Before any part of this package imports matplotlib, which reads the variable once.
keep_a_font_cache()
