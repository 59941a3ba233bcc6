"""One footnote or line -> the works it cites: where, behind a semicolon or a full stop, the next author begins.

A work ends where a year, pages or a code end; another begins where people stand as authors stand, perhaps behind words
such as "vgl. auch", and where a year or pages follow. An erratum, a reprint or a second part has no author of its own
and stays with its work.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from refkit.model import Reference
from refkit.parse.name_forms import FAMILY, ONE_PERSON, PARTICLE, PLAIN_LIST, SEVERAL_PEOPLE
from refkit.parse.person import CAPITAL
from refkit.parse.roles import LEAD_OF_SENTENCE, REPEATED
from refkit.regex import regex
from refkit.words import is_newspaper, is_organisation, is_periodical, is_place, words_of

_WINDOW = 600  # characters before and behind a sign that are looked at
# No work ends with an initial, but with "m. w. N."
_SIGN = regex(r"[.;](?:(?<=;)(?<![\s.][A-MO-ZА-Я]\.;)\s*|(?<=[\w)\]”\"»]\.)(?<![\s.][A-MO-ZА-Я]\.)\s+)(?=[^\W\d_])")
_COMPLETE = regex(r"(?:[0-9][^\W_]*|(?<!\w)(?:ff?|ss|sgg?|sqq?|vols?|Bde|passim|N)|\[[\w. -]{2,25}\])[\s)\]”\"»’.]*$")
_YEAR = r"(?:1[3-9]|20)[0-9]{2}"
_DATED = regex(rf"(?<![0-9]){_YEAR}(?![0-9])|(?<!\w)(?:S|pp?|Sp|Rn|Fn|Anm|[СсC])\. ?[0-9]|\b(?:forthcoming|in press)\b")
_AUTHOR_YEAR = regex(
    rf"(?:{PLAIN_LIST.pattern}|{ONE_PERSON.pattern})[,.]?\s?(?:\({_YEAR}[a-z]?\)|{_YEAR}[a-z]?[.,:]\s)"
)
_WORD = rf"{FAMILY}(?!\.)"
_SHORT = rf"(?:{CAPITAL}|Th|Chr|Ph|Fr|Joh)\.(?:[ -]?{CAPITAL}\.)*+"
_FULL = rf"(?:{_WORD}|{_SHORT})(?: {PARTICLE}(?:{_WORD}|{_SHORT})){{1,4}}"
_JOIN = r"(?: ?/ ?|,? (?:and|und|et|e|y|и|&|u\.) )"
_FULL_NAMES = regex(rf"{_FULL}(?:{_JOIN}{_FULL})*+")
_FAMILY_NAMES = regex(rf"{PARTICLE}{_WORD}(?:{_JOIN}{_WORD})*+")
_BEHIND_NAMES = regex(
    r"(?: et al\.?| u\. ?a\.)?(?:,? [(\[](?:Hrsg|Hgg?|eds?|dirs?|éds?|ред|comps?)\.?[)\]]| \[[^\[\]]{3,60}\])?"
    rf"(?:\s?[,:]\s?(?=[^\W\d_]|[“„«‘\"'(]|{_YEAR})|\s\()"
)
_BEHIND_INITIALS = regex(rf"(?<=\.)\s(?=[^\W\d_]|{_YEAR})")
_BEHIND_SEVERAL = regex(rf"\.?\s(?=[^\W\d_]|[“„«‘\"']|{_YEAR})")
_COLLABORATION = regex(r"(?:[A-Z][\w-]* ){1,4}[Cc]ollab(?:oration\b|\.)")
_BEHIND_REPEATED = regex(r"\s?[,:]\s?|\.?\s(?=[^\W\d_]|\()")
_ROLE_ALONE = regex(r"[.,]?\s?[(\[]?(?:Eds?|eds?|Hrsg|Hgg?)\b\.?[)\]]?\s?;")
# By what form people are known, and what stands behind them; the surest first.
_FORMS = (
    ("repeated", REPEATED, _BEHIND_REPEATED),
    ("plain", PLAIN_LIST, _BEHIND_NAMES),
    ("full", _FULL_NAMES, _BEHIND_NAMES),
    ("plain", PLAIN_LIST, _BEHIND_INITIALS),
    ("plain", SEVERAL_PEOPLE, _BEHIND_SEVERAL),
    ("collaboration", _COLLABORATION, _BEHIND_NAMES),
    ("family", _FAMILY_NAMES, _BEHIND_NAMES),
)
_EDITORS = regex(r"\((?:Hrsg|Hgg?|eds?)\.?\)", re.IGNORECASE)
# Words that stand where names could stand, but belong to no name.
_NO_NAME = frozenset(
    """appendix supplement part volume chapter paper abstract reprint edition translation version introduction
    anhang teil band heft kapitel abteilung nachdruck neudruck neuausgabe ausgabe auflage sonderausgabe studienausgabe
    taschenbuchausgabe fassung übersetzung tome tom partie traduction édition réédition parte tomo ristampa edizione
    traduzione том часть книга кн ч вып изд museum museo musée zeitung post times news nature physica tab fig table
    figure beiheft reihe serie series erratum ibid press publisher publishers publishing verlag editore edizioni
    éditions editions books pubmed pmcid""".split()
)


class _Head(NamedTuple):
    """The people a work begins with: the form by which they are known, and where the title may begin."""

    form: str
    names: str
    end: int


def split_works(reference: Reference) -> Iterator[Reference]:
    """The works that one reference cites, each a reference of its own; the reference itself when it cites one.

    Only the first keeps the printed list number. Where "ders." or "idem" stands as author, `author` says who is meant.
    """
    text, start, counted, depth = reference.text, 0, 0, 0
    author = ""
    for sign in _SIGN.finditer(text):
        end = sign.start() + (sign[0][0] == ".")
        depth = max(0, depth + _opened(text[counted:end]))
        counted = end
        if depth == 0 and _parts_works(text, start, end, sign.end()):
            yield _piece(reference, start, end, author)
            author = _author_behind(text, start, sign.end(), author)
            start = sign.end()
    yield _piece(reference, start, len(text), author) if start else reference


def cut(reference: Reference, start: int, end: int, number: str = "") -> Reference:
    """The part `text[start:end]` of a reference as a reference of its own."""
    text = reference.text[start:end].rstrip()
    offsets = reference.offsets[start : start + len(text)]
    return Reference(text, reference.offset(start), offsets, number, line=reference.line)


def _piece(reference: Reference, start: int, end: int, author: str) -> Reference:
    return cut(reference, start, end, "" if start else reference.number)._replace(author=author)


def _opened(text: str) -> int:
    """How many more brackets are opened than closed."""
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _parts_works(text: str, start: int, end: int, begin: int) -> bool:
    """Whether a work goes from `start` to `end`, and another begins at `begin`, behind a semicolon or a full stop."""
    at_semicolon = text[end] == ";"
    lead = LEAD_OF_SENTENCE.match(text, begin, begin + _WINDOW)
    author_year = _is_author_year(text, lead.end() if lead else begin)
    if not (lead or at_semicolon or author_year) or not _DATED.search(text, max(start, end - _WINDOW), end):
        return False
    if author_year and _is_author_year(text, _behind_lead(text, start)):
        return True
    complete = _COMPLETE.search(text, max(start, end - 40), end) is not None
    if not (lead or at_semicolon) or not (complete or (lead and at_semicolon)):
        return False
    head = _head(text, lead.end() if lead else begin)
    date = _DATED.search(text, head.end, head.end + _WINDOW) if head else None
    if head is None or date is None:
        return False
    return lead is not None or _are_authors(head, text[head.end : date.start()], text, start)


def _is_author_year(text: str, at: int) -> bool:
    return _AUTHOR_YEAR.match(text, at, at + _WINDOW) is not None


def _behind_lead(text: str, at: int) -> int:
    lead = LEAD_OF_SENTENCE.match(text, at, at + _WINDOW)
    return lead.end() if lead else at


def _are_authors(head: _Head, undated: str, text: str, start: int) -> bool:
    """Whether people without a lead are authors: initials show it, or a title between them and the date (`undated`).

    Of family names alone it is believed when the work before begins so, too.
    """
    if head.form == "family":
        before = _head(text, _behind_lead(text, start))
        return before is not None and before.form == "family"
    words = words_of(undated)
    return head.form != "full" or (len(words) > 1 and sum(map(len, words)) >= 10)


def _head(text: str, at: int) -> _Head | None:
    """The people who stand here as authors stand."""
    for form, pattern, following in _FORMS:
        names = pattern.match(text, at, at + _WINDOW)
        if names and _ROLE_ALONE.match(text, names.end()):
            return None
        behind = following.match(text, names.end()) if names else None
        if names and behind and (form == "collaboration" or not _is_no_name(names[0])):
            return _Head(form, names[0], behind.end())
    return None


def _is_no_name(text: str) -> bool:
    return (
        not _NO_NAME.isdisjoint(words_of(text))
        or is_place(text)
        or is_organisation(text)
        or is_periodical(text)
        or is_newspaper(text)
    )


def _author_behind(text: str, start: int, begin: int, author: str) -> str:
    """Whom "ders." means at the head of the work at `begin`: the author of the work before, at `start`."""
    later, earlier = _head(text, _behind_lead(text, begin)), _head(text, _behind_lead(text, start))
    if later is None or later.form != "repeated" or _EDITORS.match(text, later.end):
        return ""
    return author or (earlier.names if earlier and earlier.form != "repeated" else "")
