import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from refkit.verify import Options, limiter, service
from tests.verify.replay import Replay, serve

# Records as Crossref gave them between 2016 and 2026, cut to the fields that are compared; metadata free of rights
WORKS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "works.json").read_text(encoding="utf-8"))


@pytest.fixture
def works() -> list[dict[str, Any]]:
    return WORKS


@pytest.fixture
def replay() -> Iterator[Replay]:
    """The services, knowing all records; they do not mind haste."""
    services = Replay(enforce=False)
    services.add(*WORKS)
    with serve(services):
        yield services


@pytest.fixture
def options(replay: Replay, tmp_path: Path) -> Options:
    """A check that asks the replay."""
    return options_for(replay, tmp_path / "cache")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits cut short, so that a test of what happens after them does not last."""
    monkeypatch.setattr(limiter, "_WINDOW_SECONDS", 0.0)
    monkeypatch.setattr(service, "_FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr(service, "_RATE_LIMITED_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(service, "READ_SECONDS", 0.6)


def options_for(replay: Replay, cache: Path) -> Options:
    return Options(
        mailto="test@example.org",
        cache_dir=cache,
        crossref_url=f"{replay.url}/crossref",
        doi_url=f"{replay.url}/doi",
        datacite_url=f"{replay.url}/datacite",
    )
