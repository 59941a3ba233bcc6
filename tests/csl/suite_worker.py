"""A worker for running the official CSL test suite: one JSON request a line in, one reply a line out."""

import json
import sys
from pathlib import Path
from typing import Any

from refkit.csl import Cite, Cluster, Processor, compile_style
from refkit.csl.locale import LocaleXml
from refkit.csl.notefields import with_note_fields
from refkit.csl.styles import open_locale
from refkit.csl.writers import html
from refkit.errors import RefkitError


def locale_reader(folder: str | None) -> LocaleXml:
    """Reads locale files from a folder, or the packaged ones where none is given."""
    if folder is None:
        return open_locale

    def read(name: str) -> str | None:
        path = Path(folder, f"locales-{name}.xml")
        return path.read_text(encoding="utf-8") if path.exists() else None

    return read


def to_cite(data: dict[str, Any]) -> Cite:
    position = {0: "first", 1: "subsequent", 2: "ibid", 3: "ibid-with-locator"}.get(data.get("position", 0), "first")
    return Cite(
        str(data["id"]),
        str(data.get("locator") or ""),
        data.get("label") or "page",
        data.get("prefix") or "",
        data.get("suffix") or "",
        bool(data.get("suppress-author")),
        position,
        bool(data.get("near-note")),
        int(data.get("first-reference-note-number") or 0),
    )


def cited(request: dict[str, Any]) -> list[Any]:
    """The items in the order of their first citation, where a whole document is given."""
    if not request.get("document"):
        return [with_note_fields(item) for item in request["items"]]
    items = {str(item["id"]): with_note_fields(item) for item in request["items"]}
    order = dict.fromkeys(str(cite["id"]) for each in request["document"] for cite in each["citationItems"])
    return [items[item_id] for item_id in order if item_id in items]


def answer(request: dict[str, Any]) -> dict[str, Any]:
    style = compile_style(request["style"], locale_reader(request["locales"]), request.get("lang"))
    processor = Processor(style, cited(request))
    if request["mode"] == "bibliography":
        entries = processor.bibliography()
        shown = "".join(f'  <div class="csl-entry">{html.write(entry.tokens)}</div>\n' for entry in entries)
        return {"output": f'<div class="csl-bib-body">\n{shown}</div>', "ids": [entry.id for entry in entries]}
    if request.get("document"):
        clusters = [
            Cluster(tuple(to_cite(cite) for cite in each["citationItems"]), each["noteIndex"])
            for each in request["document"]
        ]
        runs = processor.document(clusters)
        return {"output": "\n".join(f"..[{n}] {html.write(run)}" for n, run in enumerate(runs))}
    groups = request.get("citation_items") or [[{"id": item_id} for item_id in processor.order]]
    runs = [processor.citation(Cluster(tuple(to_cite(cite) for cite in group))) for group in groups]
    return {"output": "\n".join(html.write(run) for run in runs)}


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = answer(request)
        except RefkitError as error:
            reply = {"error": str(error)}
        except Exception as error:  # noqa: BLE001 - the run goes on with the next fixture
            reply = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps({"id": request["id"], **reply}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
