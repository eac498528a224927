"""KurrentDB keeps events, and nothing else: checkpoints of policies are kept where the read models are.

So an event and the checkpoint of the policy that led to it are not written together. After a crash between the two
the policy comes upon the same event again, and finds by the metadata what it has done already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import ProcessRecorder, StoredEvent, Tracking
from eventsourcing_kurrentdb.factory import KurrentDBFactory
from eventsourcing_kurrentdb.recorders import KurrentDBApplicationRecorder
from kurrentdbclient import KurrentDBClient

from . import Documents


class KurrentDBProcessRecorder(KurrentDBApplicationRecorder, ProcessRecorder):
    def __init__(self, client: KurrentDBClient, checkpoints: Documents) -> None:
        super().__init__(client)
        self._checkpoints = checkpoints

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        recorded = super().insert_events(stored_events) if stored_events else []
        tracking: Tracking | None = kwargs.get("tracking")
        if tracking is not None:
            self._checkpoints.insert_tracking(tracking)
        return recorded

    def insert_tracking(self, tracking: Tracking) -> None:
        self._checkpoints.insert_tracking(tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        return self._checkpoints.max_tracking_id(application_name)


def process_recorder(factory: KurrentDBFactory, checkpoints: Documents) -> KurrentDBProcessRecorder:
    return KurrentDBProcessRecorder(factory.client, checkpoints)
