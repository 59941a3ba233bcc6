"""Draws README's picture from a real run: `python docs/picture.py` writes docs/validate.svg."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
COMMAND = ["refkit", "validate", "--offline", "data/references.txt"]
LINES = 34


def main() -> None:
    """Run the command in colour and keep its first lines and its summary."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "100"}
    run = subprocess.run(
        [sys.executable, "-m", *COMMAND], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    lines = run.stdout.rstrip("\n").splitlines()
    summary = max(index for index, line in enumerate(lines) if not line)
    shown = "\n".join([f"$ {' '.join(COMMAND)}", *lines[:LINES], "  …", *lines[summary:]])
    console = Console(record=True, width=104, file=StringIO())
    console.print(Text.from_ansi(shown))
    drawing = console.export_svg(title="refkit", unique_id="refkit")
    own_fonts = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    (ROOT / "docs/validate.svg").write_text(own_fonts, encoding="utf-8")


if __name__ == "__main__":
    main()
