"""The API keeps to its OpenAPI document. Generated: written again each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

OPENAPI = json.loads((Path(__file__).parents[1] / "specs" / "openapi.json").read_text(encoding="utf-8"))
PATHS: dict[str, dict[str, Any]] = OPENAPI["paths"]
COMMANDS = [path for path, methods in PATHS.items() if "post" in methods]
QUERIES = [path for path, methods in PATHS.items() if path.startswith("/api/") and "get" in methods]
PROBLEM = "application/problem+json"


def test_the_document_is_served_as_it_was_emitted(client: TestClient) -> None:
    assert client.get("/api-docs/json").json() == OPENAPI


def test_its_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/api-docs").text
    assert "://" not in page
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert client.get(address).status_code == 200, address


def test_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("path", COMMANDS)
class TestEveryCommand:
    def test_is_a_json_object(self, client: TestClient, path: str) -> None:
        headers = {"Content-Type": "application/json"}
        for body in ("", "{", "[]", "NaN", "[" * 5_000 + "]" * 5_000, '{"no such parameter": 1}'):
            answer = client.post(path, content=body, headers=headers)
            assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM), body
        assert client.post(path, content="{}").status_code == 415
        assert client.post(path, content=" " * 1_048_577, headers=headers).status_code == 413

    def test_is_posted(self, client: TestClient, path: str) -> None:
        answer = client.get(path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")

    def test_that_is_refused_says_why_and_changes_nothing(self, client: TestClient, path: str) -> None:
        answer = client.post(path, json={}, headers={"Correlation-Id": "test-1"})
        assert answer.headers["correlation-id"] == "test-1"
        if answer.status_code == 400:
            assert all({"field", "msg"} == set(one) for one in answer.json()["message"])
            assert client.get("/events").json() == []
            again = client.post(path, json={}, headers={"Accept": PROBLEM})
            assert again.json()["errors"] == answer.json()["message"]

    def test_meets_the_version_that_is_expected(self, client: TestClient, path: str) -> None:
        assert client.post(path, json={}, headers={"If-Match": "3"}).status_code == 400
        assert client.post(path, json={}, headers={"If-Match": '"3"'}).status_code in (400, 412)


@pytest.mark.parametrize("path", QUERIES)
def test_every_read_model_begins_empty(client: TestClient, path: str) -> None:
    answer = client.get(path)
    if path.endswith("/findOne"):
        assert answer.status_code == 404
    else:
        assert answer.json() == []
    assert client.get(path, params={"filter": "no filter"}).status_code == 400


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for path in ("/", "/api/v1", "/api/v1/r/", "/api/v1/%zz"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM), path
