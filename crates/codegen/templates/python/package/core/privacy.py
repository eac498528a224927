"""What must not be read: words that are kept as hashes only, and personal data under keys that can be destroyed."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .values import is_empty, words

SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
KEY_BITS: Final = 256


def hashed(value: Any) -> str | None:
    """`scrypt$<salt>$<hash>` of a value. Nothing stays nothing."""
    if value is None or is_empty(value):
        return None if value is None else ""
    salt = os.urandom(SALT_BYTES)
    return f"scrypt${urlsafe_b64encode(salt).decode()}${_scrypt(words(value), salt)}"


def is_hash_of(stored: str, value: Any) -> bool:
    """Whether a stored hash was made of a value."""
    _, salt, digest = stored.split("$")
    return hmac.compare_digest(digest, _scrypt(words(value), urlsafe_b64decode(salt)))


def _scrypt(text: str, salt: bytes) -> str:
    digest = hashlib.scrypt(text.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
    return urlsafe_b64encode(digest).decode()


@dataclass(frozen=True)
class Key:
    id: str
    secret: bytes


class Keys(Protocol):
    """Where keys are kept: one for the personal data of each stream."""

    def of(self, owner: str) -> Key | None:
        """The key of a stream."""

    def find(self, id: str) -> Key | None:
        """The key of that id, as long as it is not destroyed."""

    def add(self, owner: str, key: Key) -> Key:
        """Keeps a key and returns that of its owner: another process may have been quicker."""

    def destroy(self, owner: str) -> None:
        """There is no way back."""


class KeyRing:
    """Seals and opens personal values. To destroy a key erases all that was sealed with it, wherever it lies."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, owner: str, data: bytes) -> str:
        key = self._keys.of(owner) or self._keys.add(owner, Key(str(uuid4()), AESGCM.generate_key(KEY_BITS)))
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(key.secret).encrypt(nonce, data, key.id.encode())
        return f"{key.id}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, token: str) -> bytes | None:
        """What was sealed, or `None` where its key was destroyed."""
        key_id, _, sealed = token.partition(".")
        if (key := self._keys.find(key_id)) is None:
            return None
        data = urlsafe_b64decode(sealed)
        try:
            return AESGCM(key.secret).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], key_id.encode())
        except InvalidTag:
            return None

    def erase(self, owner: str) -> None:
        self._keys.destroy(owner)
