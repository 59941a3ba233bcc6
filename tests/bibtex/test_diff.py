"""Edits as a unified diff."""

import pytest

from refkit.bibtex import unified_diff
from refkit.model import Edit

LINES = "".join(f"{number}\n" for number in range(1, 21))


def place(text: str, old: str, new: str) -> Edit:
    start = text.index(old)
    return Edit(start, start + len(old), new)


DIFFS = {
    "nothing": (LINES, [], ""),
    "same text": (LINES, [place(LINES, "5\n", "5\n")], ""),
    "one line": (
        LINES,
        [place(LINES, "5\n", "five\n")],
        "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
    ),
    "two on one line": (
        "ab c\nd\n",
        [Edit(0, 1, "A"), Edit(3, 4, "C")],
        "--- x\n+++ x\n@@ -1,2 +1,2 @@\n-ab c\n+Ab C\n d\n",
    ),
    "far apart": (
        LINES,
        [place(LINES, "2\n", ""), place(LINES, "19\n", "19\n19b\n")],
        "--- x\n+++ x\n@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -17,4 +16,5 @@\n 17\n 18\n 19\n+19b\n 20\n",
    ),
    "no line end": (
        "a\nb",
        [Edit(3, 3, "\n")],
        "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n",
    ),
    "all removed": ("a\n", [Edit(0, 2, "")], "--- x\n+++ x\n@@ -1 +0,0 @@\n-a\n"),
    "into nothing": ("", [Edit(0, 0, "a\n")], "--- x\n+++ x\n@@ -0,0 +1 @@\n+a\n"),
}


@pytest.mark.parametrize(("text", "edits", "expected"), DIFFS.values(), ids=DIFFS)
def test_unified_diff(text: str, edits: list[Edit], expected: str) -> None:
    assert unified_diff("x", text, edits) == expected
