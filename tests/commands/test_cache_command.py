import subprocess
from collections.abc import Callable
from pathlib import Path

from refkit.verify.cache import Cache

Refkit = Callable[..., subprocess.CompletedProcess[str]]


def test_info_and_clear(refkit: Refkit, tmp_path: Path) -> None:
    folder = {"REFKIT_CACHE_DIR": str(tmp_path)}
    assert "empty" in refkit("cache", "info", **folder).stdout
    cache = Cache(tmp_path)
    cache.put("work", "10.1/a", {})
    cache.close()
    assert "1 records of Crossref" in refkit("cache", "info", **folder).stdout
    assert "1 answers removed" in refkit("cache", "clear", **folder).stdout
    assert "empty" in refkit("cache", "info", **folder).stdout


def test_a_mistyped_command_is_corrected(refkit: Refkit) -> None:
    run = refkit("cache", "clean")
    assert (run.returncode, "Did you mean 'clear'?" in run.stderr) == (2, True)
