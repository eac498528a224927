"""Runs the service: `python -m todo_list`. It ends gracefully when it is told to."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import Final

import uvicorn

from .application import TODOList, app
from .core.settings import BadSetting, Settings

# Each may hold a body in memory. Further ones are answered 503.
MAX_CONNECTIONS: Final = 1_000
# Filters stand in the address, and may be long.
MAX_HEAD: Final = 65_536


def main() -> None:
    try:
        settings = Settings.of(os.environ, TODOList.name)
    except BadSetting as bad:
        sys.exit(str(bad))
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # The server stops gracefully and raises the signal again: by then everything is done.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=MAX_HEAD,
        timeout_graceful_shutdown=10,
        log_config=None,
    )


if __name__ == "__main__":
    main()
