"""Runs the service: `python -m todo_list`. It ends gracefully when it is told to."""

from __future__ import annotations

import logging
import os
import signal

import uvicorn

from .application import TODOList, app
from .core.settings import Settings


def main() -> None:
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"), format="%(levelname)s %(name)s: %(message)s")
    settings = Settings.of(os.environ, TODOList.name)
    # The server stops gracefully and raises the signal again: by then everything is done.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    uvicorn.run(app, host=settings.host, port=settings.port, timeout_graceful_shutdown=10, log_config=None)


if __name__ == "__main__":
    main()
