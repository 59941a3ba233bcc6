"""RK0: file and syntax. The reader of the store observes; these rules say how bad it is."""

import re
from collections.abc import Iterator

from refkit.model import (
    Bibliography,
    BlockKind,
    Edit,
    Entry,
    Finding,
    Fix,
    FlawKind,
    ReferenceList,
    Safety,
    Severity,
    Source,
    SyntaxFlaw,
)
from refkit.regex import regex
from refkit.rules import check, finding, in_field, is_literal, rule
from refkit.rules.context import Context, removal

_LINE_END = regex(r"\r\n|\n|\r")


def _observed(
    bibliography: Bibliography, code: str, *kinds: FlawKind, safety: Safety = Safety.SAFE
) -> Iterator[Finding]:
    for flaw in bibliography.flaws:
        if flaw.kind in kinds:
            yield _finding(code, flaw, safety)


def _finding(code: str, flaw: SyntaxFlaw, safety: Safety, severity: Severity | None = None) -> Finding:
    fix = Fix(safety, flaw.edits) if flaw.edits else None
    more = {"severity": severity} if severity else {}
    return finding(code, flaw.start, flaw.end, flaw.message, key=flaw.key, fix=fix, **more)


@rule("RK001", "unreadable-entry", Severity.ERROR)
def unreadable_entry(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """An entry cannot be read, or only in part.

    Why: BibTeX skips it with an error message, and other programs lose what follows. refkit leaves it as it is.
    Bad: `@article{, title {On trees}}`
    Good: `@misc{smith2019, title = {On trees}}`
    """
    yield from _observed(bibliography, "RK001", FlawKind.BROKEN, FlawKind.BAD_FIELD_NAME, FlawKind.MISSING_VALUE)
    for flaw in bibliography.flaws:
        if flaw.kind is FlawKind.DISAGREEMENT:
            yield _finding("RK001", flaw, Safety.SAFE, Severity.INFO)


@rule("RK002", "comma-missing", Severity.ERROR, fix=Safety.SAFE)
def comma_missing(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """A comma is missing between two fields, or there is one too many.

    Why: BibTeX stops at the place; other programs silently take the next field for part of the value.
    Bad: `title = {On trees} year = {2019}`
    Good: `title = {On trees}, year = {2019}`
    """
    yield from _observed(bibliography, "RK002", FlawKind.MISSING_COMMA, FlawKind.EXTRA_COMMA)


@rule("RK003", "unbalanced-braces", Severity.ERROR)
def unbalanced_braces(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """A brace or quotation mark is never closed.

    Why: the rest of the file is taken for part of the value.
    Bad: `@misc{a, title = {On {trees}, year = {2019}}`
    Good: `@misc{a, title = {On {trees}}, year = {2019}}`
    """
    yield from _observed(bibliography, "RK003", FlawKind.UNCLOSED_BRACE, FlawKind.UNCLOSED_QUOTE)
    for flaw in bibliography.flaws:
        if flaw.kind is FlawKind.ENTRY_IN_VALUE:
            yield _finding("RK003", flaw, Safety.SAFE, Severity.WARNING)


@rule("RK004", "duplicate-field", Severity.ERROR, fix=Safety.SAFE)
def duplicate_field(entry: Entry, context: Context) -> Iterator[Finding]:
    """A field stands twice in one entry.

    Why: BibTeX keeps the first, biber the last. The fix removes a repetition; where the two differ you must choose.
    Bad: `year = {2019}, year = {2019}`
    Good: `year = {2019}`
    """
    names = [field.name for field in entry.fields]
    if len(names) == len(set(names)):
        return
    for index, field in enumerate(entry.fields):
        if field.name not in names[:index]:
            continue
        first = entry.fields[names.index(field.name)]
        same = " ".join(field.value.split()) == " ".join(first.value.split())
        also = (removal(field, context.text),) if same and context.text and is_literal(field) else ()
        what = "twice, with the same value" if same else "twice, with different values"
        yield in_field(entry, field, "RK004", f"{field.name} is given {what}", also=also)


@rule("RK005", "text-like-entry", Severity.WARNING, fix=Safety.UNSAFE)
def text_like_entry(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Text outside the entries looks like an entry, or like the rest of one.

    Why: BibTeX takes everything outside entries for comment, so a broken entry vanishes without a word.
    Bad: `@ misc{a, title = {On trees}}`
    Good: `@misc{a, title = {On trees}}`
    """
    for flaw in bibliography.flaws:
        stray = flaw.kind is FlawKind.STRAY_TEXT
        if flaw.kind is FlawKind.SPACED_TYPE or (stray and _ends_like_field(bibliography.source.text, flaw)):
            yield _finding("RK005", flaw, Safety.UNSAFE)


def _ends_like_field(text: str, flaw: SyntaxFlaw) -> bool:
    """Prose about fields (`type = "Patent"` in a sentence) lacks the comma or brace that ends a field."""
    first = _LINE_END.split(text[flaw.start : flaw.end], maxsplit=1)[0].rstrip()
    return first.endswith((",", "}", "{")) or text[flaw.start] in "},"


@rule("RK006", "commented-out", Severity.INFO)
def commented_out(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """An entry or a field is commented out with `%`.

    Why: `%` is no comment for BibTeX: it reads the entry all the same, and stumbles over the field.
    Bad: `% @misc{a, title = {On trees}}`
    Good: `@comment{a, title = {On trees}}`
    """
    yield from _observed(bibliography, "RK006", FlawKind.COMMENTED_ENTRY, FlawKind.COMMENTED_FIELD)


@rule("RK007", "encoding-or-line-ends", Severity.WARNING, fix=Safety.SAFE)
def encoding_or_line_ends(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    r"""The file is not plain UTF-8, begins with a byte order mark, or mixes line ends.

    Why: programs guess the encoding and get it wrong; version control shows whole files as changed.
    Bad: `title = {On trees},\r\n year = {2019},\n note = {Third edition}`
    Good: `title = {On trees},\n year = {2019},\n note = {Third edition}`
    """
    yield from _encoding_or_line_ends(bibliography.source)


@check("RK007")
def encoding_of_list(references: ReferenceList, context: Context) -> Iterator[Finding]:
    """The same flaws in a plain-text list."""
    yield from _encoding_or_line_ends(references.source)


def _encoding_or_line_ends(source: Source) -> Iterator[Finding]:
    if source.encoding != "utf-8":
        mark = source.encoding == "utf-8-sig"
        unknown = source.encoding == "latin-1"
        known = "an unknown encoding; name it with --encoding" if unknown else source.encoding
        what = "the file begins with a byte order mark" if mark else f"the file is not in UTF-8, but {known}"
        declared = _DECLARED.search(source.text, 0, 1000)
        yield finding("RK007", 0, 0, what, fix=None if unknown or (declared and not mark) else Fix(Safety.SAFE, ()))
    yield from _mixed_line_ends(source.text)


_DECLARED = regex(r"%\s{0,9}(?:-\*-\s{0,9})?(?:en)?coding\s{0,9}[:=]", re.IGNORECASE)


def _mixed_line_ends(text: str) -> Iterator[Finding]:
    crlf = text.count("\r\n")
    counts = {"\r\n": crlf, "\n": text.count("\n") - crlf, "\r": text.count("\r") - crlf}
    if sum(map(bool, counts.values())) < 2:
        return
    usual = max(counts, key=lambda end: (counts[end], end == "\n"))
    odd = [match for match in _LINE_END.finditer(text) if match[0] != usual]
    edits = tuple(Edit(match.start(), match.end(), usual) for match in odd)
    first = odd[0]
    message = f"{len(odd)} lines end differently from the others"
    yield finding("RK007", first.start(), first.end(), message, fix=Fix(Safety.SAFE, edits))


@rule("RK008", "undefined-or-unused-string", Severity.ERROR, fix=Safety.UNSAFE)
def undefined_or_unused_string(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """A macro is used but not defined by `@string`; or defined, and not used.

    Why: BibTeX prints nothing for an undefined macro. The unsafe fix removes a definition that nothing here uses.
    Bad: `publisher = nowhere`
    Good: `publisher = {Nowhere Press}`
    """
    undefined = [flaw for flaw in bibliography.flaws if flaw.kind is FlawKind.UNDEFINED_MACRO]
    names = {bibliography.source.text[flaw.start : flaw.end].lower() for flaw in undefined}
    elsewhere = not bibliography.strings and len(names) > 2
    for flaw in undefined:
        yield _finding("RK008", flaw, Safety.SAFE, Severity.INFO if elsewhere else None)
    if not bibliography.entries:
        return
    for flaw in bibliography.flaws:
        if flaw.kind is FlawKind.UNUSED_MACRO:
            yield _unused_macro(bibliography, flaw)


def _unused_macro(bibliography: Bibliography, flaw: SyntaxFlaw) -> Finding:
    text = bibliography.source.text
    fix = None
    for block in bibliography.blocks:
        if block.kind is BlockKind.STRING and block.start <= flaw.start < block.end:
            line_end = _REST_OF_LINE.match(text, block.end)
            fix = Fix(Safety.UNSAFE, (Edit(block.start, line_end.end() if line_end else block.end, ""),))
    return finding("RK008", flaw.start, flaw.end, flaw.message, severity=Severity.INFO, fix=fix)


_REST_OF_LINE = regex(r"[ \t]*(?:\r\n|\n|\r)")


@rule("RK009", "unquoted-value", Severity.WARNING, fix=Safety.SAFE)
def unquoted_value(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """A text value has neither braces nor quotation marks.

    Why: BibTeX takes the words for a macro, and reads no further.
    Bad: `pages = 12--34`
    Good: `pages = {12--34}`
    """
    yield from _observed(bibliography, "RK009", FlawKind.UNQUOTED_VALUE)
    for entry in bibliography.entries:
        for field in entry.fields:
            if field.value_start < 0 <= field.raw_start and _JOINED.match(context.text, field.raw_start, field.end):
                yield in_field(entry, field, "RK009", "text joined to text by #", severity=Severity.INFO)


_JOINED = regex(r"""(?:"[^"{}]{0,2000}"|\{[^{}]{0,2000}\})\s{0,99}#\s{0,99}["{]""")
