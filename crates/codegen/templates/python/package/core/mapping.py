"""Events as they are stored: JSON, in which personal values are sealed."""

from __future__ import annotations

import copy
from dataclasses import asdict
from typing import Any, Final

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Cipher, Compressor, Mapper, StoredEvent, Transcoder, Transcoding

from .messages import Metadata, said_of
from .privacy import KeyRing
from .values import ERASED

SEALED: Final = "sealed"


class EventMapper(Mapper[str]):
    """The library's, with a key for the personal data of each stream. A destroyed key leaves `ERASED` behind."""

    def __init__(
        self,
        transcoder: Transcoder,
        keys: KeyRing,
        compressor: Compressor | None = None,
        cipher: Cipher | None = None,
    ) -> None:
        super().__init__(transcoder, compressor, cipher)
        self._keys = keys

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        sealed = copy.copy(domain_event)
        for attribute, said in said_of(type(domain_event)).items():
            value = vars(domain_event)[attribute]
            if said.personal and value is not None:
                token = self._keys.seal(domain_event.originator_id, self.transcoder.encode(value))
                vars(sealed)[attribute] = {SEALED: token}
        return super().to_stored_event(sealed)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        event = super().to_domain_event(stored_event)
        for attribute in said_of(type(event)):
            value = vars(event).setdefault(attribute, None)
            if isinstance(value, dict):
                data = self._keys.open(value[SEALED])
                vars(event)[attribute] = ERASED if data is None else self.transcoder.decode(data)
        return event


class MetadataAsDict(Transcoding):
    type = Metadata
    name = "metadata"

    def encode(self, obj: Metadata) -> dict[str, Any]:
        return asdict(obj)

    def decode(self, data: dict[str, Any]) -> Metadata:
        return Metadata(**data)
