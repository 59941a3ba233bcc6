"""Reports: one module per output, each with `render(result, view) -> str`."""

from dataclasses import dataclass
from importlib import import_module

from refkit.validate.result import Result

FORMATS = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "markdown")
WITH_STATISTICS = ("text", "concise", "markdown")


@dataclass(frozen=True, slots=True)
class View:
    """How a report is shown: with ANSI colours or not, in how many columns, counts per rule in place of findings."""

    colour: bool = False
    width: int = 100
    statistics: bool = False


def render(result: Result, output_format: str, view: View) -> str:
    """The report in one of FORMATS, with a final line end unless it is empty."""
    text: str = import_module(f"refkit.report.{output_format}").render(result, view)
    return text
