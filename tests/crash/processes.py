"""How processes are started: forked from a clean one that has imported everything already."""

import multiprocessing

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.crash.process", "tests.crash.mailserver"])
