"""One file through the pipeline: lint, repair, ask the metadata sources."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from refkit.errors import InputError
from refkit.files import STDIN, encode
from refkit.model import Finding, ReferenceList, Source, Verdict
from refkit.validate.fixing import apply, choose, edits_of, is_fixable, repair
from refkit.validate.linting import REMOTE, Linted, lint, linted
from refkit.validate.result import FileResult, Options, Rounds


def validate(source: Source, options: Options) -> FileResult:
    """Lint a file, repair it as far as `options.fix` allows, and compare its entries with the metadata sources.

    Writes nothing: the repaired text is in the result. Raises InputError for a file without any text.
    """
    if not source.text.strip():
        raise InputError(f"{source.name}: is empty; give a .bib store or a list of references")
    current, rounds = _repaired(lint(source, options), options)
    current, verdicts = _verified(current, options)
    remote = _remote_fixes(current, options)
    if remote:
        text = apply(current.source.text, remote)
        current, more = _repaired(lint(replace(current.source, text=text), options), options)
        current, verdicts = _verified(current, options)
        rounds = (*rounds, remote, *more)
    return FileResult(current.source, source, current.findings, current.entries, verdicts, rounds, current.silenced)


def _repaired(current: Linted, options: Options) -> tuple[Linted, Rounds]:
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
    verdicts = _completed(current, verdicts)
    references = current.subject.references if isinstance(current.subject, ReferenceList) else ()
    remote = run_verdict_rules(current.entries, verdicts, references)
    return linted(current.subject, (*current.all_findings, *remote), options), verdicts


def _completed(current: Linted, verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """The verdicts, where nothing could be asked taken from the lock file beside the store, when there is one."""
    from refkit.verify.options import LOCK_SUFFIX

    store = Path(current.source.name)
    if current.source.name == STDIN or not store.with_suffix(LOCK_SUFFIX).exists():
        return verdicts
    from refkit.verify.lock import with_lock

    return with_lock(store, current.entries, verdicts)


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
    from refkit.bibtex import unified_diff
    from refkit.validate.composing import compose_all

    edits = compose_all(file.before.text, map(edits_of, file.rounds))
    return unified_diff(file.source.name, file.before.text, edits)
