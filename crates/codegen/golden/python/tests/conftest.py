"""What tests start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from todo_list.application import TODOList, app
from todo_list.core.testing import Scenario


@pytest.fixture
def scenario() -> Iterator[Scenario]:
    """A service in which nothing has happened yet."""
    begun = Scenario(TODOList)
    yield begun
    begun.close()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The API of a service in which nothing has happened yet."""
    monkeypatch.setenv("STORE", "memory")
    monkeypatch.setenv("READMODELS", "memory")
    monkeypatch.setenv("EXPOSE_EVENTS", "true")
    with TestClient(app) as begun:
        yield begun
