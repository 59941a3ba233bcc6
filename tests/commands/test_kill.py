"""A run that is killed at any moment leaves the old file or the new one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ENTRIES = 400
OLD = b"".join(b"@misc{k%d,title={T},year=2020}\n" % number for number in range(ENTRIES))
NEW = b"\n".join(b"@misc{k%d,\n  title = {T},\n  year = {2020},\n}\n" % number for number in range(ENTRIES))
# Killed by itself, right before or after one of the steps in which a file is replaced.
STEPS = ("os.fsync", "os.chmod", "os.replace", "tempfile.mkstemp", "os.chown")
RUN = """
import os, sys, tempfile
step, when, path = sys.argv[1:]
owner, name = step.split(".")
owner = {"os": os, "tempfile": tempfile}[owner]
real = getattr(owner, name)
def dies(*arguments, **options):
    if when == "before":
        os.kill(os.getpid(), 9)
    real(*arguments, **options)
    os.kill(os.getpid(), 9)
setattr(owner, name, dies)
from refkit.commands.format import Request, run
run([path], Request())
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(tmp_path: Path, step: str, when: str) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(OLD)
    killed = subprocess.run([sys.executable, "-c", RUN, step, when, str(path)], check=False)
    replaced = (step, when) == ("os.replace", "after")
    assert (killed.returncode, path.read_bytes()) == (-signal.SIGKILL, NEW if replaced else OLD)
    assert len(list(tmp_path.iterdir())) <= 2
    done = subprocess.run([sys.executable, "-m", "refkit", "format", str(path)], capture_output=True, check=False)
    assert (done.returncode, path.read_bytes(), list(tmp_path.iterdir())) == (0, NEW, [path])
