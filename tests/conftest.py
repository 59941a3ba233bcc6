import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A law is judged by what it finds, never by how long an example takes on a busy machine.
settings.register_profile("refkit", deadline=None)
settings.load_profile("refkit")

ROOT = Path(__file__).parents[1]


@pytest.fixture
def refkit() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the installed command as a user does: its own process, no network, no colour."""

    def run(
        *arguments: object, text: str = "", folder: Path = ROOT, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "refkit", *map(str, arguments)]
        nobody = {f"REFKIT_{name}_URL": "http://127.0.0.1:9" for name in ("CROSSREF", "DOI", "DATACITE")}
        return subprocess.run(
            command,
            input=text,
            text=True,
            capture_output=True,
            check=False,
            timeout=60,
            cwd=folder,
            env={**os.environ, **nobody, "NO_COLOR": "1", **environment},
        )

    return run
