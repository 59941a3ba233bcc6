"""Makes the example page from real runs: `python docs/examples.py` writes docs/examples.md."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STYLES = (
    ("APA 7th edition", "--style apa"),
    ("MLA 9th edition", "--style modern-language-association"),
    ("Chicago, author-date", "--style chicago-author-date"),
    ("Chicago, notes and bibliography", "--style chicago-notes-bibliography"),
    ("IEEE", "--style ieee"),
    ("NLM/Vancouver", "--style nlm-citation-sequence"),
    ("Cite Them Right (Harvard)", "--style harvard-cite-them-right --locale en-GB"),
    ("ISO 690, author-date", "--style iso690-author-date-en"),
    ("APA in a Persian list", "--style apa --locale fa-IR"),
)
HEAD = """# One list in nine styles

The bibliography `data/references.bib`, 57 works, as `refkit export` prints it. What looks odd here stands so in the
printed list that it was made from: `refkit validate` reports it, and nothing is repaired that the text does not settle.
This page is made by `python docs/examples.py`.
"""


def main() -> None:
    """Run the command once for each style and write the page."""
    sections = "".join(f"\n## {title}\n\n```console\n{_run(options)}```\n" for title, options in STYLES)
    (ROOT / "docs/examples.md").write_text(HEAD + sections, encoding="utf-8")


def _run(options: str) -> str:
    command = f"refkit export data/references.bib {options}"
    arguments = [sys.executable, "-m", *command.split()]
    run = subprocess.run(arguments, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True)
    return f"$ {command}\n{run.stdout}"


if __name__ == "__main__":
    main()
