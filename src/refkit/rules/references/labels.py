"""Labels: "Available at", "Accessed on", "Vol.", "pp.", "[in Persian]"."""

import re
from collections.abc import Iterator

from refkit.languages import by_name
from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import in_reference, rule
from refkit.rules.references.found import Number
from refkit.rules.references.habits import tag_form_of
from refkit.rules.references.label_words import (
    FOREIGN_LABEL_KINDS,
    access_word,
    language_meant,
    link_word,
    right_preposition,
)
from refkit.rules.references.list_context import ListContext

_LABEL_OF_KIND = {"volume": "Vol.", "issue": "No.", "pages": "pp."}
_ABBREVIATIONS = frozenset(("vol", "vols", "no", "nos", "p", "pp", "iss"))
_BARE_TAG = re.compile(r"[,.]\s{0,3}(?P<tag>in\s{1,3}(?P<language>[^\W\d_]{4,14}))\s{0,3}\.?\s{0,3}$", re.IGNORECASE)


@rule("RK801", "typo-in-label", Severity.WARNING, fix=Safety.SAFE)
def typo_in_label(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A label is misspelt: that of a link, an access date, a volume, an issue or pages.

    Why: programs and people look for the label to find the link, the date or the number behind it.
    Bad: `Freedman, Robert (2000), “Relations in the 1990s”, MERIA, Availble at: https://example.org/frr01.html.`
    Good: `Freedman, Robert (2000), “Relations in the 1990s”, MERIA, Available at: https://example.org/frr01.html.`
    """
    marks = context.marks(parsed)
    for label in marks.labels:
        if label:
            yield from _misspelt(
                parsed, label.start, label.end, link_word(marks.text[label.start : label.end].split()[0])
            )
    if marks.access:
        start, end = marks.access.start, marks.access.words_end
        yield from _misspelt(parsed, start, end, access_word(marks.text[start:end].split()[0]))
    for number in marks.numbers:
        yield from _odd_number_label(parsed, context, number)


def _misspelt(parsed: ParsedReference, start: int, end: int, first: str | None) -> Iterator[Finding]:
    printed = parsed.reference.text[start:end]
    words = printed.split()
    if first is None:
        return
    right = [_with_case_of(words[0], first), *map(right_preposition, words[1:])]
    if right != words:
        wanted = " ".join(right)
        message = f"“{printed}” is a misspelling of “{wanted}”."
        yield in_reference(parsed, "RK801", start, end, message, (start, end, wanted))


def _with_case_of(printed: str, word: str) -> str:
    if printed.casefold() == word:
        return printed
    return word.capitalize() if printed[0].isupper() else word


def _odd_number_label(parsed: ParsedReference, context: ListContext, number: Number) -> Iterator[Finding]:
    if number.exact or number.kind not in context.habits.labelled:
        return
    text = parsed.reference.text
    end = number.word_end + len(number.stop)
    wanted = _LABEL_OF_KIND[number.kind]
    printed = text[number.start : end]
    names = {"volume": "volume", "issue": "number", "pages": "page"}
    foreign = text[number.start : number.word_end].casefold() in FOREIGN_LABEL_KINDS
    reason = "is another language’s label" if foreign else "is not a recognised volume, number or page label"
    message = f"“{printed}” {reason}; the list’s {names[number.kind]} label is “{wanted}”."
    yield in_reference(parsed, "RK801", number.start, end, message, (number.start, end, wanted))


@rule("RK802", "language-tag-form", Severity.WARNING, fix=Safety.SAFE)
def language_tag(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A language tag is misspelt, has its brackets the wrong way round, or is not in the list's form.

    Why: the tag says in which language the work is; only a known form can be read and exported.
    Bad: `Karami, Jahangir (2010), Iran and Russia, Tehran: SAMT, ]in Persian[.`
    Good: `Karami, Jahangir (2010), Iran and Russia, Tehran: SAMT, [in Persian].`
    """
    marks = context.marks(parsed)
    for start, end in marks.tags:
        yield from _tag_flaws(parsed, context, start, end)
    usual = context.habits.tag_form
    bare = _BARE_TAG.search(marks.bare) if usual and not marks.tags else None
    language = by_name(bare["language"]) if bare else None
    if bare and language:
        wanted = usual.replace("*", language.name)
        message = f"Language tag “{bare['tag']}” is not in the list’s form “{wanted}”."
        start, end = bare.span("tag")
        yield in_reference(parsed, "RK802", start, end, message, (start, end, wanted), severity=Severity.INFO)


def _tag_flaws(parsed: ParsedReference, context: ListContext, start: int, end: int) -> Iterator[Finding]:
    printed = parsed.reference.text[start:end]
    *lead, word = printed[1:-1].strip(" .,:;").split()
    language = language_meant(word) or word
    usual = context.habits.tag_form or "[in *]"
    wanted = usual.replace("*", language)
    edit = (start, end, wanted)
    misspelt = by_name(word) is None or (bool(lead) and lead[0].casefold() in ("im", "n", "on", "is", "ln", "i", "ni"))
    if printed[0] + printed[-1] not in ("[]", "()"):
        message = f"Brackets are the wrong way round: “{printed}”; write “{wanted}”."
        yield in_reference(parsed, "RK802", start, end, message, edit)
    elif misspelt:
        yield in_reference(parsed, "RK802", start, end, f"Language tag “{printed}” is misspelt: “{wanted}”.", edit)
    elif not context.habits.tag_form:
        return
    elif tag_form_of(printed) != usual or (word != language and word.casefold() == language.casefold()):
        same = tag_form_of(printed).casefold() == usual.casefold()
        message = (
            f"“{printed}” for the list’s “{wanted}”."
            if same
            else f"Language tag “{printed}” is not in the list’s form “{wanted}”."
        )
        yield in_reference(parsed, "RK802", start, end, message, edit, severity=Severity.INFO)


@rule("RK806", "label-punctuation", Severity.INFO, fix=Safety.SAFE)
def label_punctuation(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A volume, number or page label has the wrong punctuation, lacks its full stop or its blank.

    Why: "Vol, 4" is read as two elements, and a list should write its labels one way.
    Bad: `Marvoti, Somaye (2022), “Partnership”, Quarterly of Studies, Vol, 4, No. 2, pp.1-29.`
    Good: `Marvoti, Somaye (2022), “Partnership”, Quarterly of Studies, Vol. 4, No. 2, pp. 1-29.`
    """
    for number in context.marks(parsed).numbers:
        if number.exact:
            yield from _label_flaws(parsed, context, number)


def _label_flaws(parsed: ParsedReference, context: ListContext, number: Number) -> Iterator[Finding]:
    text = parsed.reference.text
    word = text[number.start : number.word_end]
    small = word.casefold()
    stop = number.word_end
    where = text[number.start : number.end]
    if (
        number.stop == ","
        and small in _ABBREVIATIONS
        and word != "P"
        and not text[: number.start].rstrip()[-1:].isdigit()
    ):
        message = f"Comma instead of full stop after “{word}” in “{where}”."
        yield in_reference(
            parsed, "RK806", number.start, number.end, message, (stop, stop + 1, "."), severity=Severity.WARNING
        )
    elif not number.stop and small in context.habits.stops:
        message = f"Abbreviation without its full stop: “{where}”."
        yield in_reference(parsed, "RK806", number.start, number.end, message, (stop, stop, "."))
    if number.stop == "." and not number.blank and small in context.habits.stops:
        message = f"Space missing after “{word}.” in “{where}”."
        yield in_reference(parsed, "RK806", number.start, number.end, message, (stop + 1, stop + 1, " "))
    is_range = re.search(r"[-‐‑–—−]", text[number.number : number.end])
    if small == "p" and is_range and context.habits.page_label == "pp":
        message = f"“{word}.” used for a page range: “{where}”."
        yield in_reference(parsed, "RK806", number.start, number.end, message, (number.start, stop, "pp"))


@rule("RK808", "label-missing", Severity.WARNING, fix=Safety.SAFE)
def label_missing(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A DOI or a link stands without the label that the list puts before it.

    Why: a bare number in parentheses is not recognised as a DOI.
    Bad: `Amiri, Mehdi (2023), “Diplomacy”, World Studies, Vol. 4, No. 4, pp. 53-79, (10.22034/ws.2023.366).`
    Good: `Amiri, Mehdi (2023), “Diplomacy”, World Studies, Vol. 4, No. 4, pp. 53-79, (doi:10.22034/ws.2023.366).`
    """
    marks = context.marks(parsed)
    for code in marks.codes:
        if (
            code.kind == "doi"
            and code.label == code.start
            and (context.habits.doi_label or code.bracketed or _in_bracket(marks.text, code.start))
        ):
            wanted = context.habits.doi_label or "doi:"
            message = f"DOI without “{wanted.strip()}”: “{marks.text[code.start : code.end]}”."
            yield in_reference(parsed, "RK808", code.start, code.end, message, (code.start, code.start, wanted))
    if context.habits.link_label:
        for label, link in zip(marks.labels, marks.links, strict=True):
            if label is None:
                message = "URL not introduced by “Available at:” or the like, as the list does."
                edits = [(link.start, link.start, "Available at: ")] if context.habits.link_label == "available" else []
                yield in_reference(parsed, "RK808", link.start, link.end, message, *edits, severity=Severity.INFO)


def _in_bracket(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith("(")
