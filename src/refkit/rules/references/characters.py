"""Odd characters: hyphens and dashes, invisible ones, ligatures, letters of another alphabet."""

import re
from collections.abc import Iterator

from refkit.languages import main_script
from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.list_context import ListContext

_HYPHEN = re.compile(r"[^\s‐‑﹣－]{0,20}[‐‑﹣－][^\s‐‑﹣－]{0,20}")
_EM_DASH = re.compile(r"[^\s—]{0,20}\s?—\s?[^\s—]{0,20}")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\u180e]+")
_SOFT_HYPHEN = re.compile("\u00ad+")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_LATIN_AND_OTHER = re.compile(
    r"(?<![A-Za-zÀ-ɏЀ-ӿΑ-Ωο])(?:[A-Za-zÀ-ɏ]+[Ѐ-ӿΑ-Ωο]|[Ѐ-ӿΑ-Ωο]+[A-Za-zÀ-ɏ])[A-Za-zÀ-ɏЀ-ӿΑ-Ωο]*"
)
_ROMAN = re.compile("[IVXLCDMІХМС]+")
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһАВЕКМНОРСТУХІЈЅοαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhABEKMHOPCTYXIJSoaABEZHIKMNOPTYX"
)
_BROKEN_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,20}- (?P<next>[a-zß-ÿ]{3,20})\b")
_SUSPENDED = frozenset("and or und oder to nor y e o et ou bzw bis as but vs in versus og och en of".split())
_ARABIC_ONLY = frozenset("يىك")
_ARABIC_LETTERS = str.maketrans("يىك", "ییک")


@check("RK701")
def odd_form(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An unusual hyphen, an em dash, a ligature."""
    text = parsed.reference.text
    if text.isascii():
        return
    plain = context.marks(parsed).plain
    for match in _HYPHEN.finditer(text) if "‐" in text or "‑" in text or "－" in text or "﹣" in text else ():
        at = next(index for index in range(*match.span()) if text[index] in "‐‑﹣－")
        message = f"Unusual hyphen (U+{ord(text[at]):04X}) in “{text[match.start() : match.end()]}”."
        yield in_reference(parsed, "RK701", *match.span(), message, (at, at + 1, "-"), severity=Severity.INFO)
    if "—" in plain and not context.habits.em_dashes:
        for match in _EM_DASH.finditer(plain):
            if match.start() == 0 and not match[0].strip("— .,"):
                continue
            at = match.start() + match[0].index("—")
            message = f"Em dash in “{match[0]}”."
            yield in_reference(
                parsed, "RK701", *match.span(), message, (at, at + 1, "–"), severity=Severity.INFO, safety=Safety.UNSAFE
            )
    for match in _LIGATURE.finditer(text):
        message = f"Typographic ligature “{match[0]}” in “{_word(text, match.start())}”."
        edit = (*match.span(), _LIGATURES[match[0]])
        yield in_reference(parsed, "RK701", *match.span(), message, edit, severity=Severity.INFO)


def _word(text: str, at: int) -> str:
    match = re.search(r"\S*$", text[max(0, at - 30) : at])
    before = match[0] if match else ""
    after = re.match(r"\S{1,30}", text[at:])
    return before + (after[0] if after else "")


@check("RK702")
def invisible(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Invisible characters and soft hyphens."""
    text = parsed.reference.text
    if text.isascii():
        return
    for match in _INVISIBLE.finditer(text):
        message = f"Invisible character (U+{ord(match[0][0]):04X}) in “{_visible(_word(text, match.start()))}”."
        yield in_reference(parsed, "RK702", *match.span(), message, (*match.span(), ""))
    for match in _SOFT_HYPHEN.finditer(text):
        message = f"Soft hyphen (U+00AD) in “{_visible(_word(text, match.start()))}”."
        yield in_reference(parsed, "RK702", *match.span(), message, (*match.span(), ""))


def _visible(text: str) -> str:
    return _SOFT_HYPHEN.sub("·", _INVISIBLE.sub("·", text))


@rule("RK830", "mixed-alphabets", Severity.WARNING, fix=Safety.UNSAFE)
def mixed_alphabets(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """One word holds letters of two alphabets that look alike.

    Why: the word looks right but is found by no search and sorts in the wrong place.
    Bad: `Mirzaei, Sara (2016), “Tourism”, Jоurnal of Tourism, Vol. 4, No. 2, pp. 72-95.`
    Good: `Mirzaei, Sara (2016), “Tourism”, Journal of Tourism, Vol. 4, No. 2, pp. 72-95.`
    """
    text = parsed.reference.text
    if text.isascii():
        return
    for match in _LATIN_AND_OTHER.finditer(text):
        if _ROMAN.fullmatch(match[0]):
            continue
        latin = match[0].translate(_LOOKALIKES)
        edits = [(*match.span(), latin)] if latin.isascii() else []
        yield in_reference(parsed, "RK830", *match.span(), f"Mixed alphabets inside one word: “{match[0]}”.", *edits)


@rule("RK831", "hyphen-of-line-break", Severity.WARNING, fix=Safety.UNSAFE)
def hyphen_of_line_break(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A hyphen and a blank are left over from a line break inside a word.

    Why: the word is torn in two and found by no search.
    Bad: `Noori, Alireza (2017), “Russia and the Syrian Cri- sis”, Central Review, Vol. 10, No. 1, pp. 231-247.`
    Good: `Noori, Alireza (2017), “Russia and the Syrian Crisis”, Central Review, Vol. 10, No. 1, pp. 231-247.`
    """
    text = context.marks(parsed).plain
    if "- " not in text:
        return
    for match in _BROKEN_WORD.finditer(text):
        if match["next"] not in _SUSPENDED:
            joined = match[0].replace("- ", "")
            message = f"Hyphen left from a line break: “{match[0]}”."
            yield in_reference(parsed, "RK831", *match.span(), message, (*match.span(), joined))


@check("RK811")
def arabic_letters(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Arabic yeh or kaf in a Persian word."""
    text = parsed.reference.text
    if text.isascii() or context.marks(parsed).script != "ARABIC" or not re.search("[پچژگیک]", text):
        return
    for match in re.finditer(r"[^\W\d_]+", text):
        if _ARABIC_ONLY.isdisjoint(match[0]):
            continue
        message = f"Arabic yeh/kaf in Persian text: “{match[0]}”."
        edit = (*match.span(), match[0].translate(_ARABIC_LETTERS))
        yield in_reference(parsed, "RK811", *match.span(), message, edit, severity=Severity.INFO)


@rule("RK829", "other-script", Severity.INFO)
def other_script(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A reference, or the name of its journal, is in another script than the list.

    Why: many publishers want names and titles in the script of the list, the original in brackets.
    Bad: `Zakharov, Aleksei (2023), “The Corridor”, Вестник МГИМО, Vol. 16, No. 2, pp. 216-234.`
    Good: `Zakharov, Aleksei (2023), “The Corridor”, MGIMO Review, Vol. 16, No. 2, pp. 216-234.`
    """
    marks = context.marks(parsed)
    if not context.habits.script or marks.text.isascii():
        return
    if marks.script and marks.script != context.habits.script:
        end = min(len(marks.text), marks.issued.start if marks.issued else 60)
        yield in_reference(parsed, "RK829", 0, max(end, 1), "Reference is in another script than the list.")
        return
    host = marks.host.strip(" \xa0,.;?")
    script = main_script(host)
    if host and script and script != context.habits.script and marks.issued:
        start = marks.text.index(host, marks.tail)
        message = f"Journal name in another script: “{host}”."
        yield in_reference(parsed, "RK829", start, start + len(host), message)
