"""What `refkit parse` does: lists in, entries out in one format; what fits nowhere is told."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from refkit.errors import InputError, StoreError
from refkit.files import STDIN, encode, read_lines, read_source, replace_file
from refkit.model import Field, ParsedReference, Reference, Source
from refkit.parse import LONGEST, Reading, read_references
from refkit.parse.split import split, split_document
from refkit.parse.works import split_works
from refkit.text import between

_SOURCE_FIELD = "refkit-source"
_LARGE = 8_000_000  # bytes; a larger list of one reference a line is read line by line
_SAMPLE = 200  # lines that show whether it is one
_SHOWN = 200  # characters of a leftover that are told; annote holds it whole
_NOTES = 20  # leftovers that are told one by one


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command."""

    output: str | None = None
    to: str = "bibtex"
    one_per_line: bool = False
    append: str | None = None
    keep_text: bool = False
    min_confidence: float = 0.0
    jobs: int = 1
    errors: str | None = None
    show: bool = False


def run(inputs: Sequence[str], request: Request, tell: Callable[[str], None]) -> Iterator[str]:
    """Read all inputs as one bibliography; yields what goes to standard output, tells the rest.

    Raises InputError when an input cannot be read or holds no reference, StoreError when a file cannot be replaced.
    """
    store = _load_store(request.append) if request.append else None
    shown = request.show or request.to == "jsonl"  # the confidences
    reading = Reading(frozenset(store[1] if store else ()), request.min_confidence, request.jobs, shown)
    with ExitStack() as stack:
        stack.enter_context(_without_collector())
        errors = stack.enter_context(_open_errors(request.errors)) if request.errors else None
        tally = _Tally(tell)
        references = tally.count(read_references(_references(inputs, request, errors, tell), reading))
        if request.keep_text:
            references = map(_with_source_text, references)
        if store:
            _append(store[0], references)
        elif request.output:
            replace_file(Path(request.output), (text.encode() for text in _write(request, references)))
        else:
            yield from _write(request, references)
        tally.summary(_done(request))


@contextmanager
def _without_collector() -> Iterator[None]:
    """References leave no circular garbage; looking for it again and again takes a sixth of the time.

    Nor is what the labeller remembers looked through when the program ends.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _done(request: Request) -> str:
    if request.append:
        return f"added to {request.append}"
    return f"written to {request.output}" if request.output else "read"


def _open_errors(name: str) -> TextIO:
    try:
        return Path(name).open("w", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{name}: cannot be written ({error.strerror}); check the folder and its permissions"
        ) from error


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


class _Tally:
    """Counts references as they pass and tells the leftovers of the first ones."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell, self.references, self.leftovers = tell, 0, 0

    def count(self, references: Iterable[ParsedReference]) -> Iterator[ParsedReference]:
        """The references, counted."""
        for parsed in references:
            self.references += 1
            if parsed.leftover:
                self.leftovers += 1
                if self.leftovers <= _NOTES:
                    pieces = "; ".join(f"“{_short(span.text)}”" for span in parsed.leftover)
                    self.tell(f"line {parsed.reference.line}: left over, kept in annote: {pieces}")
            yield parsed

    def summary(self, done: str) -> None:
        """Tell how many there were."""
        if self.leftovers > _NOTES:
            self.tell(f"{self.leftovers - _NOTES} more references with text left over; --to jsonl lists it all")
        self.tell(f"{self.references} {'reference' if self.references == 1 else 'references'} {done}")


# ------------------------------------------------------------------ inputs


def _references(
    inputs: Sequence[str], request: Request, errors: TextIO | None, tell: Callable[[str], None]
) -> Iterator[Reference]:
    for name in inputs:
        empty = True
        for reference in _references_of(name, request.one_per_line, errors, tell):
            empty = False
            yield reference
        if empty:
            raise InputError(f"{name}: holds no reference; give a reference list as plain text")


def _references_of(
    name: str, one_per_line: bool, errors: TextIO | None, tell: Callable[[str], None]
) -> Iterator[Reference]:
    if one_per_line or _is_large_plain_list(name):
        for number, (line, wrong) in enumerate(read_lines(name), 1):
            for reference in _references_of_line(line, one_per_line):
                if errors and (wrong or len(reference.text) > LONGEST):
                    _write_error(errors, number, reference.text, wrong or "is too long for a reference; kept whole")
                yield reference._replace(line=number)
    else:
        references, outside = split_document(read_source(name).text)
        if outside:
            lines = "line" if len(outside) == 1 else "lines"
            tell(f"{name}: {len(outside)} {lines} outside the list passed over, the first is line {outside[0]}")
        yield from references


def _references_of_line(line: str, one_per_line: bool) -> Iterator[Reference]:
    for reference in split(line, one_per_line=True):
        if one_per_line:
            yield reference
        else:
            yield from split_works(reference)


def _write_error(errors: TextIO, line: int, text: str, wrong: str) -> None:
    errors.write(json.dumps({"line": line, "error": wrong, "text": text[:LONGEST]}, ensure_ascii=False) + "\n")


def _is_large_plain_list(name: str) -> bool:
    """Whether the file is so large that it has to be streamed, and its first lines are one reference each."""
    path = Path(name)
    if name == STDIN or not path.is_file() or path.stat().st_size < _LARGE:
        return False
    lines = [line.strip() for line, _ in islice(read_lines(name), _SAMPLE)]
    begun: dict[int, str] = {}  # the first reference of each line
    for reference in split("\n".join(lines)):
        begun.setdefault(reference.line, reference.text)
    return all(line.startswith(begun.get(number, "\n")) for number, line in enumerate(lines, 1) if line)


def _with_source_text(parsed: ParsedReference) -> ParsedReference:
    from refkit.latex import from_text

    kept = Field(_SOURCE_FIELD, from_text(parsed.reference.text))
    return parsed._replace(entry=replace(parsed.entry, fields=(*parsed.entry.fields, kept)))


# ------------------------------------------------------------------ appending to a store


def _load_store(name: str) -> tuple[Source, list[str]]:
    from refkit.bibtex import load

    source = read_source(name)
    return source, [entry.key for entry in load(source).entries]


def _append(store: Source, references: Iterable[ParsedReference]) -> None:
    newline = "\r\n" if "\r\n" in store.text else "\n"
    added = "".join(_bibtex(references)).replace("\n", newline)
    gap = "" if not store.text else newline if store.text.endswith(("\n", "\r")) else newline * 2
    data = encode(store, store.text + gap + added)
    replace_file(Path(store.name), data, encode(store, store.text))


# ------------------------------------------------------------------ formats


def _write(request: Request, references: Iterable[ParsedReference]) -> Iterable[str]:
    if request.show:
        from refkit.report.reading import view

        return view(references)
    if request.to in _STREAMED:
        return _STREAMED[request.to](references)
    from refkit.export import writer

    return writer(request.to)(parsed.entry for parsed in references)


def _bibtex(references: Iterable[ParsedReference]) -> Iterator[str]:
    from refkit.bibtex import write_entry

    return between((write_entry(parsed.entry) for parsed in references), "\n")


def _jsonl(references: Iterable[ParsedReference]) -> Iterator[str]:
    from refkit.formats.csl_json import to_item

    encode_row = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    for parsed in references:
        yield encode_row(_row(parsed, to_item(parsed.entry))) + "\n"


def _row(parsed: ParsedReference, item: dict[str, object]) -> dict[str, object]:
    return {
        "line": parsed.reference.line,
        "text": parsed.reference.text,
        "key": parsed.entry.key,
        "type": parsed.entry.type,
        "fields": {name: value for name, value, *_ in parsed.entry.fields},
        "csl": item,
        "spans": [
            {"field": field, "text": text, "start": start, "end": end, "confidence": round(confidence, 3)}
            for field, text, start, end, confidence in parsed.spans
        ],
        "leftover": [{"text": text, "start": start, "end": end} for _, text, start, end, _ in parsed.leftover],
    }


_STREAMED: dict[str, Callable[[Iterable[ParsedReference]], Iterator[str]]] = {"bibtex": _bibtex, "jsonl": _jsonl}
