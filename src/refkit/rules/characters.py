"""RK7: Unicode, LaTeX and HTML."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from refkit.model import Bibliography, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import check, in_field, is_literal, rule
from refkit.rules.context import Context

PRINTED = frozenset(
    "author editor translator editora editorb editorc bookauthor annotator commentator holder title subtitle "
    "titleaddon shorttitle booktitle booksubtitle booktitleaddon maintitle mainsubtitle journal journaltitle "
    "journalsubtitle shortjournal issuetitle series publisher address location organization institution school edition "
    "type chapter volume number pages part note addendum howpublished eventtitle venue version origpublisher origtitle "
    "reprinttitle".split()
)


def _printed(bibliography: Bibliography) -> Iterator[tuple[Entry, Field]]:
    """The fields that a style prints and that stand in the file as they are."""
    for entry in bibliography.entries:
        for field in entry.fields:
            if field.name in PRINTED and is_literal(field):
                yield entry, field


@rule("RK701", "odd-unicode-form", Severity.WARNING, fix=Safety.SAFE)
def odd_unicode_form(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """A look-alike of an ordinary character: special hyphen or space, ligature, or letters not in composed form (NFC).

    Why: the text looks right, but is not found, compared or broken into lines as it should be.
    Bad: `pages = {12‐34}`
    Good: `pages = {12--34}`
    """
    if bibliography.source.text.isascii():
        return
    for entry, field in _printed(bibliography):
        if not field.value.isascii():
            yield from _odd_forms(entry, field)


def _odd_forms(entry: Entry, field: Field) -> Iterator[Finding]:
    value = field.value
    edits = [(match.start(), match.end(), _plain(match[0], field)) for match in _ODD.finditer(value)]
    edits = [edit for edit in edits if edit[2] != value[edit[0] : edit[1]]]
    if edits:
        start, end, new = edits[0]
        message = f"{unicodedata.name(value[start], '?').lower()} (U+{ord(value[start]):04X}) instead of “{new}”"
        yield in_field(entry, field, "RK701", message, *edits, at=(start, end))
    elif not unicodedata.is_normalized("NFC", value):
        composed = unicodedata.normalize("NFC", value)
        yield in_field(entry, field, "RK701", "letters are not in composed form (NFC)", (0, len(value), composed))


# The second half of a letter read in the wrong encoding: à becomes Ã and a no-break space, í Ã and a soft hyphen.
_WHOLE = "(?<![ÂÃÄÅÐÑÙØÛÎÏ][\u00a0\u00ad])"
_FORMS = "[\u2010\u2011\u00a0\u2000-\u200a\u202f\u205f\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]"
_ODD = regex(f"{_FORMS}{_WHOLE}{_FORMS}{{0,199}}")


def _plain(text: str, field: Field) -> str:
    hyphen = "--" if field.name == "pages" else "-"
    if text[0] in "\u2010\u2011":
        return hyphen if len(text) == 1 else unicodedata.normalize("NFKC", text).replace("\u2010", "-")
    if field.name in ("author", "editor") and not text.strip():
        return " "
    return unicodedata.normalize("NFKC", text).replace("\u2010", "-")


@rule("RK702", "invisible-character", Severity.WARNING, fix=Safety.SAFE)
def invisible_character(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """An invisible character: zero-width space, soft hyphen, direction mark, or a control character.

    Why: nobody sees it, but searches, comparisons and sorting do; direction marks can make text read differently.
    Bad: `title = {Trees\u200b and woods}`
    Good: `title = {Trees and woods}`
    """
    if not _INVISIBLE.search(bibliography.source.text):
        return
    for entry in bibliography.entries:
        for field in entry.fields:
            wrong = [match for match in _INVISIBLE.finditer(field.value) if not _is_joiner_in_place(match, field.value)]
            if wrong:
                names = ", ".join(dict.fromkeys(f"U+{ord(match[0][0]):04X}" for match in wrong))
                edits = [(match.start(), match.end(), "") for match in wrong]
                yield in_field(entry, field, "RK702", f"invisible character {names}", *edits, at=wrong[0].span())


_INVISIBLE = regex(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]" + _WHOLE
)


def _is_joiner_in_place(match: re.Match[str], value: str) -> bool:
    """Joiners belong between letters of the Arabic and Indic scripts, and emoji; ZWNJ at the end of a word does not."""
    if match[0] not in "\u200c\u200d":
        return False
    before = value[match.start() - 1 : match.start()]
    return not before.isascii() and bool(before)


@rule("RK703", "mojibake", Severity.ERROR, fix=Safety.UNSAFE)
def mojibake(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """The text was read in the wrong encoding on its way here.

    Why: two or three odd characters stand for one letter; names and titles are not found.
    Bad: `author = {MÃ¼ller, Jan}`
    Good: `author = {Müller, Jan}`
    """
    if bibliography.source.text.isascii():
        return
    for entry, field in _printed(bibliography):
        found = None if field.value.isascii() else _MOJIBAKE.search(field.value)
        fixed = _repaired(field.value) if found else field.value
        if found and fixed != field.value:
            message = f"text read in the wrong encoding: “{found[0]}”"
            yield in_field(entry, field, "RK703", message, (0, len(field.value), fixed), at=found.span())


_MOJIBAKE = regex("[ÂÃÄÅÐÑÙØÛÎÏ][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[^\\s]|ï»¿|\ufffd")


def _repaired(value: str) -> str:
    from ftfy import fix_encoding

    return str(fix_encoding(value))


@rule("RK704", "html-in-value", Severity.WARNING, fix=Safety.SAFE)
def html_in_value(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """An HTML entity or tag stands in a value.

    Why: LaTeX prints it letter by letter, and `&` stops the run.
    Bad: `title = {Trees &amp; woods}`
    Good: `title = {Trees \\& woods}`
    """
    for entry, field in _printed(bibliography):
        if ("&" in field.value or "<" in field.value) and (wrong := _html(field.value)):
            edits = [(match.start(), match.end(), _without_html(match)) for match in wrong]
            balanced = sum(new.count("{") - new.count("}") for *_, new in edits) == 0
            message = f"HTML in a value: {wrong[0][0]}"
            yield in_field(entry, field, "RK704", message, *(edits if balanced else ()), at=wrong[0].span())


def _html(value: str) -> list[re.Match[str]]:
    return [match for match in _HTML.finditer(value) if match["tag"] or unescape(match["entity"]) != match["entity"]]


@check("RK704", fields=("url",))
def entity_in_url(entry: Entry, context: Context) -> Iterator[Finding]:
    """`&amp;` in a URL, where it stands for `&`."""
    field = entry.field("url")
    if field and "&amp;" in field.value:
        matches = list(re.finditer("&amp;", field.value))
        edits = [(match.start(), match.end(), "&") for match in matches]
        yield in_field(entry, field, "RK704", "HTML in a URL: &amp;", *edits, at=matches[0].span())


_HTML = regex(
    r"\\?(?P<entity>&(?:#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});)"
    r"|<(?P<close>/?)(?P<tag>i|b|em|strong|sub|sup|p|br|span|jats:[a-z]{1,10}|italic|bold|sc|scp|u|title)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_TAGS = {
    "i": "\\emph{", "em": "\\emph{", "italic": "\\emph{", "jats:italic": "\\emph{",
    "b": "\\textbf{", "strong": "\\textbf{", "bold": "\\textbf{", "jats:bold": "\\textbf{",
    "sub": "\\textsubscript{", "jats:sub": "\\textsubscript{", "sup": "\\textsuperscript{",
    "jats:sup": "\\textsuperscript{", "sc": "\\textsc{", "scp": "\\textsc{", "jats:sc": "\\textsc{",
}  # fmt: skip
_ESCAPED = {"&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_", "$": "\\$", "\u00a0": " "}


def _without_html(match: re.Match[str]) -> str:
    tag = match["tag"]
    if tag is None:
        character = unescape(match["entity"])
        return _ESCAPED.get(character, character)
    opening = _TAGS.get(tag.lower())
    if opening is None:
        return ""
    return "}" if match["close"] else opening


@rule("RK705", "unescaped-tex", Severity.ERROR, fix=Safety.SAFE)
def unescaped_tex(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    r"""A character that TeX reserves stands unescaped: `&`, `%`, `#`, `_` outside mathematics, or a lone `$`.

    Why: LaTeX stops with an error at the reference list; `%` silently swallows the rest of the line.
    Bad: `title = {Trees & woods}`
    Good: `title = {Trees \& woods}`
    """
    for entry, field in _printed(bibliography):
        if _RESERVED.search(field.value) and (wrong := _unescaped(field.value)):
            edits = [(match.start(), match.end(), f"\\{match[0]}") for match in wrong]
            message = f"“{wrong[0][0]}” without backslash"
            yield in_field(entry, field, "RK705", message, *edits, at=wrong[0].span())


def _unescaped(value: str) -> list[re.Match[str]]:
    exposed = _SHELTER.sub(lambda match: " " * len(match[0]), value)
    wrong = list(_RESERVED.finditer(exposed))
    dollars = sum(match[0] == "$" for match in wrong)
    return wrong if dollars % 2 else [match for match in wrong if match[0] != "$"]


_RESERVED = regex(r"(?<!\\)[&%#_$]")
_SHELTER = regex(
    r"(?<!\\)\$[^$]{1,2000}(?<!\\)\$|\\\([^)]{1,500}\\\)|\\(?:url|path|href|nolinkurl|verb|doi|ensuremath|texttt|cite[a-z]*|ref|label)\*?"
    r"(?:\[[^\]]{0,80}\])?\{[^{}]{0,2000}\}|&(?:#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});|https?://\S{1,2000}"
)
