"""One file through the pipeline: lint, repair, ask the metadata sources."""

import re
from dataclasses import replace
from functools import partial

from refkit.errors import InputError
from refkit.files import encode
from refkit.model import Bibliography, Finding, ReferenceList, Source, Verdict
from refkit.validate.fixing import apply, choose, is_fixable, repair
from refkit.validate.linting import REMOTE, Linted, lint, linted
from refkit.validate.result import FileResult, Options


def validate(source: Source, options: Options) -> FileResult:
    """Lint a file, repair it as far as `options.fix` allows, and compare its entries with the metadata sources.

    Writes nothing: the repaired text is in the result. Raises InputError for a file without any text.
    """
    if not source.text.strip():
        raise InputError(f"{source.name}: is empty; give a .bib store or a list of references")
    current, fixed = _repaired(lint(source, options), options)
    current, verdicts = _verified(current, options)
    remote = _remote_fixes(current, options)
    if remote:
        text = apply(current.source.text, remote)
        current, more = _repaired(lint(replace(current.source, text=text), options), options)
        current, verdicts = _verified(current, options)
        fixed = (*fixed, *remote, *more)
    return FileResult(current.source, source, current.findings, current.entries, verdicts, fixed, current.silenced)


def _repaired(current: Linted, options: Options) -> tuple[Linted, tuple[Finding, ...]]:
    if options.fix is None:
        return current, ()
    return repair(current, partial(lint, options=options), options.fix)


def _verified(current: Linted, options: Options) -> tuple[Linted, tuple[Verdict, ...]]:
    """The findings with those about the records, and the verdicts; nobody is asked when no such rule is selected."""
    if options.verify is None or not any(code.startswith(REMOTE) for code in options.selection.codes):
        return current, ()
    from refkit import verify
    from refkit.rules.remote import run_verdict_rules

    verdicts = verify.check(current.entries, options.verify, options.progress)
    references = current.subject.references if isinstance(current.subject, ReferenceList) else ()
    remote = run_verdict_rules(current.entries, verdicts, references)
    return linted(current.subject, (*current.all_findings, *remote), options), verdicts


def _remote_fixes(current: Linted, options: Options) -> tuple[Finding, ...]:
    allowed = options.fix
    if allowed is None:
        return ()
    return choose(item for item in current.findings if item.code.startswith(REMOTE) and is_fixable(item, allowed))


def to_bytes(file: FileResult) -> bytes:
    """The repaired file: in the encoding it was read in, or in UTF-8 when that cannot hold the repaired text."""
    try:
        return encode(file.source, file.source.text)
    except UnicodeEncodeError:
        return file.source.text.encode()


def to_diff(file: FileResult) -> str:
    """The repair as a unified diff, empty when there is none."""
    from difflib import unified_diff

    name = file.source.name
    pieces = unified_diff(_lines(file.before.text), _lines(file.source.text), name, name)
    return "".join(piece if piece.endswith("\n") else f"{piece}\n\\ No newline at end of file\n" for piece in pieces)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
