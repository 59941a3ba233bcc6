"""What `refkit parse` does: lists in, entries out in one format; what fits nowhere is told."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from refkit.errors import InputError
from refkit.files import encode, read_source, replace_file
from refkit.model import Entry, Field, ParsedReference, ReferenceList, Source, Span
from refkit.parse import read_lists

_SOURCE_FIELD = "refkit-source"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command."""

    output: str | None = None
    to: str = "bibtex"
    one_per_line: bool = False
    append: str | None = None
    keep_text: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes to standard output, and the notes for standard error."""

    output: str
    notes: tuple[str, ...]


def run(inputs: Sequence[str], request: Request) -> Outcome:
    """Read all inputs as one bibliography; write it where the request says.

    Raises InputError when an input cannot be read or holds no reference, StoreError when a file cannot be replaced.
    """
    store = _load_store(request.append) if request.append else None
    lists = read_lists([read_source(name) for name in inputs], request.one_per_line, store[1] if store else ())
    for each in lists:
        if not each.references:
            raise InputError(f"{each.source.name}: holds no reference; give a reference list as plain text")
    references = [_with_source_text(parsed, request.keep_text) for each in lists for parsed in each.references]
    notes = tuple(_leftovers(lists))
    if store:
        return _append(store[0], references, notes)
    text = WRITERS[request.to](references, lists)
    if not request.output:
        return Outcome(text, (*notes, _count(len(references), "read")))
    replace_file(Path(request.output), text.encode())
    return Outcome("", (*notes, _count(len(references), f"written to {request.output}")))


def _count(number: int, what: str) -> str:
    return f"{number} {'reference' if number == 1 else 'references'} {what}"


def _with_source_text(parsed: ParsedReference, keep: bool) -> ParsedReference:
    if not keep:
        return parsed
    from refkit.latex import from_text

    kept = Field(_SOURCE_FIELD, from_text(parsed.reference.text))
    return replace(parsed, entry=replace(parsed.entry, fields=(*parsed.entry.fields, kept)))


def _leftovers(lists: Sequence[ReferenceList]) -> Iterator[str]:
    for each in lists:
        for parsed in each.references:
            if parsed.leftover:
                line, _ = each.source.position(parsed.reference.start)
                pieces = "; ".join(f"“{span.text}”" for span in parsed.leftover)
                yield f"{each.source.name}:{line}: left over, kept in annote: {pieces}"


# ------------------------------------------------------------------ appending to a store


def _load_store(name: str) -> tuple[Source, list[str]]:
    from refkit.bibtex import load

    source = read_source(name)
    return source, [entry.key for entry in load(source).entries]


def _append(store: Source, references: Sequence[ParsedReference], notes: tuple[str, ...]) -> Outcome:
    from refkit.bibtex import write_entry

    newline = "\r\n" if "\r\n" in store.text else "\n"
    added = "\n".join(write_entry(parsed.entry) for parsed in references).replace("\n", newline)
    gap = "" if not store.text else newline if store.text.endswith(("\n", "\r")) else newline * 2
    data = encode(store, store.text + gap + added)
    replace_file(Path(store.name), data, encode(store, store.text))
    return Outcome("", (*notes, _count(len(references), f"added to {store.name}")))


# ------------------------------------------------------------------ formats


def _bibtex(references: Sequence[ParsedReference], _: Sequence[ReferenceList]) -> str:
    from refkit.bibtex import write_entry

    return "\n".join(write_entry(parsed.entry) for parsed in references)


def _converted(target: str) -> Callable[[Sequence[ParsedReference], Sequence[ReferenceList]], str]:
    def write(references: Sequence[ParsedReference], _: Sequence[ReferenceList]) -> str:
        from refkit.export import convert

        return convert([parsed.entry for parsed in references], target)

    return write


def _jsonl(references: Sequence[ParsedReference], lists: Sequence[ReferenceList]) -> str:
    from refkit.formats.csl_json import to_item

    lines = iter([each.source.position(parsed.reference.start)[0] for each in lists for parsed in each.references])
    rows = (_row(parsed, next(lines), to_item(parsed.entry)) for parsed in references)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _row(parsed: ParsedReference, line: int, item: dict[str, object]) -> dict[str, object]:
    entry: Entry = parsed.entry
    return {
        "line": line,
        "text": parsed.reference.text,
        "key": entry.key,
        "type": entry.type,
        "fields": {field.name: field.value for field in entry.fields},
        "csl": item,
        "spans": [
            {"field": span.field, **_place(span), "confidence": round(span.confidence, 3)} for span in parsed.spans
        ],
        "leftover": [_place(span) for span in parsed.leftover],
    }


def _place(span: Span) -> dict[str, object]:
    return {"text": span.text, "start": span.start, "end": span.end}


WRITERS: dict[str, Callable[[Sequence[ParsedReference], Sequence[ReferenceList]], str]] = {
    "bibtex": _bibtex,
    "jsonl": _jsonl,
    **{target: _converted(target) for target in ("biblatex", "csl-json", "ris")},
}
