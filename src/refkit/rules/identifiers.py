"""RK4: DOI, DOR, ISBN, ISSN, arXiv, PMID and links."""

import re
from collections.abc import Iterator
from functools import lru_cache

from refkit.identifiers import find_dors, is_dor, normalise_doi
from refkit.model import Edit, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import in_field, is_literal, rule
from refkit.rules.context import Context, addition, renaming
from refkit.rules.doi_suffix import Suffix, read_suffix

_RESOLVER = regex(
    r"\s{0,9}(?:(?:https?\s?:\s?/{1,2}\s?)?(?:(?:dx\.|www\.)?doi\.org/+|doi\s?[:=]\s{0,9}|urn:doi:|info:doi/)\s{0,9})+",
    re.IGNORECASE,
)
_TEX = regex(r"\\[_&%#$]|\{\\[_&%#$]\}|[{}]")


@rule("RK401", "doi-malformed", Severity.ERROR, fields=("doi",))
def doi_malformed(entry: Entry, context: Context) -> Iterator[Finding]:
    """The DOI has not the form `10.prefix/suffix`.

    Why: doi.org cannot resolve it, so the work cannot be found by it.
    Bad: `doi = {10.1145}`
    Good: `doi = {10.1145/3292500}`
    """
    field = entry.field("doi")
    value = field.value.strip() if field else ""
    if field is None or not value or is_dor(value) or _is_empty(value) or normalise_doi(value.replace(" ", "")):
        return
    if _SHORT_DOI.fullmatch(value):
        message = f"“{value}” is a short DOI: give the full one"
        yield in_field(entry, field, "RK401", message, severity=Severity.INFO)
    else:
        yield in_field(entry, field, "RK401", f"“{value}” is not a DOI: expected 10.prefix/suffix")


_SHORT_DOI = regex(r"(?:https?://(?:dx\.)?doi\.org/)?10/[a-z0-9]{3,12}", re.IGNORECASE)


def _is_empty(value: str) -> bool:
    return value.strip("{}?.-– ").lower() in (
        "",
        "n/a",
        "na",
        "none",
        "todo",
        "tbd",
        "null",
        "unknown",
        "fixme",
        "xxx",
        "no doi",
    )


@rule("RK402", "doi-with-resolver", Severity.WARNING, fix=Safety.SAFE, fields=("doi",))
def doi_with_resolver(entry: Entry, context: Context) -> Iterator[Finding]:
    """The DOI is written as a link, or with the label `doi:`.

    Why: styles put the resolver in front, and print it twice.
    Bad: `doi = {https://doi.org/10.1145/3292500}`
    Good: `doi = {10.1145/3292500}`
    """
    field = entry.field("doi")
    if field is None or field.value.startswith("10."):
        return
    match = _RESOLVER.match(field.value)
    bare = normalise_doi(field.value[match.end() :]) if match else None
    if match and bare:
        yield in_field(
            entry,
            field,
            "RK402",
            f"DOI with “{match[0].strip()}” in front",
            (0, len(field.value), bare),
            at=match.span(),
        )


@rule("RK403", "doi-with-extra-characters", Severity.ERROR, fix=Safety.SAFE, fields=("doi",))
def doi_with_extra_characters(entry: Entry, context: Context) -> Iterator[Finding]:
    r"""Punctuation, spaces or TeX escapes stand in or around the DOI.

    Why: every character counts in a DOI; with one too many it leads nowhere.
    Bad: `doi = {10.1145/3292500.}`
    Good: `doi = {10.1145/3292500}`
    """
    field = entry.field("doi")
    if field is None or _RESOLVER.match(field.value) or is_dor(field.value):
        return
    value = field.value
    joined = re.sub(r"\s+", "", value) if any(map(str.isspace, value)) else value
    bare = normalise_doi(joined)
    if bare is None or bare == value or _keeps_last(value, bare):
        return
    tex = _TEX.search(value) is not None and bare == _untex(value)
    what = "TeX escapes in the DOI" if tex else f"the DOI is {bare}, not “{value}”"
    severity = Severity.WARNING if tex or bare == value.strip() else Severity.ERROR
    safety = Safety.UNSAFE if any(map(str.isspace, value.strip())) else Safety.SAFE
    yield in_field(entry, field, "RK403", what, (0, len(value), bare), severity=severity, safety=safety)


def _untex(value: str) -> str:
    return re.sub(r"\\([_&%#$])", r"\1", value).replace("{", "").replace("}", "")


def _keeps_last(value: str, bare: str) -> bool:
    """A DOI may hold any character; SICI suffixes (`<1::AID>3.0.CO;2-#`) and escapes by percent are left alone."""
    return "%" in value or "<" in value or (value.startswith(bare) and value[len(bare) :].isalnum())


@rule(
    "RK404", "doi-in-other-field", Severity.WARNING, fix=Safety.SAFE, fields=("url", "note", "howpublished", "eprint")
)
def doi_in_other_field(entry: Entry, context: Context) -> Iterator[Finding]:
    """The DOI stands only in `url`, `note` or `howpublished`.

    Why: styles link and tools compare by the field `doi`; elsewhere it is mere text.
    Bad: `url = {https://doi.org/10.1145/3292500}`
    Good: `doi = {10.1145/3292500}`
    """
    if entry.get("doi").strip():
        return
    for name in ("url", "note", "howpublished"):
        field = entry.field(name)
        if field is None or "10." not in field.value:
            continue
        match = _DOI_LINK.search(field.value) if name == "url" else _DOI_TEXT.search(field.value)
        bare = normalise_doi(match[1]) if match else None
        if match and bare:
            edits = _moved(entry, field, bare, match.span(), context.text)
            yield in_field(entry, field, "RK404", f"DOI only in {name}: {bare}", also=edits, at=match.span())
            return


_DOI_LINK = regex(r"https?://(?:dx\.|www\.)?doi\.org/+(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)", re.IGNORECASE)
_DOI_TEXT = regex(
    r"(?:\\(?:url|doi)\{)?(?:https?://(?:dx\.|www\.)?doi\.org/+|\bdoi\s?[:=]\s?)"
    r"(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s}]+)\}?",
    re.IGNORECASE,
)


def _moved(entry: Entry, field: Field, bare: str, place: tuple[int, int], text: str) -> tuple[Edit, ...]:
    if entry.field("doi") or not is_literal(field):
        return ()
    rest = field.value[: place[0]] + field.value[place[1] :]
    if not rest.strip(" .,;{}()"):
        return renaming(field, "doi"), Edit(field.value_start, field.value_end, bare)
    start = len(field.value[: place[0]].rstrip(" ,;("))
    end = place[1] if rest[start:].strip(" .,;)") else len(field.value)
    cut = Edit(field.value_start + start, field.value_start + end, "")
    return (cut, addition(field, "doi", bare, text)) if field.name != "url" else (addition(field, "doi", bare, text),)


@rule("RK405", "dor-in-doi", Severity.ERROR, fix=Safety.SAFE, fields=("doi",))
def dor_in_doi(entry: Entry, context: Context) -> Iterator[Finding]:
    """An Iranian DOR code stands where a DOI is expected.

    Why: doi.org cannot resolve it, and a style prints a dead link.
    Bad: `doi = {20.1001.1.20088221.2017.8.26.2.4}`
    Good: `dor = {20.1001.1.20088221.2017.8.26.2.4}`
    """
    field = entry.field("doi")
    if field is None or "20.1001.1." not in field.value:
        return
    for dor in find_dors(field.value)[:1]:
        movable = is_literal(field) and not entry.field("dor")
        edits = (renaming(field, "dor"), Edit(field.value_start, field.value_end, dor.value)) if movable else ()
        yield in_field(entry, field, "RK405", f"{dor.value} is a DOR, not a DOI", also=edits)


@rule("RK406", "doi-contradicts-entry", Severity.WARNING, fields=("doi",))
def doi_contradicts_entry(entry: Entry, context: Context) -> Iterator[Finding]:
    """What the publisher writes into the DOI contradicts the entry: year, volume, page, ISSN or ISBN.

    Why: either the field or the DOI was copied from another work.
    Bad: `doi = {10.1103/PhysRevLett.77.3865}, volume = {78}`
    Good: `doi = {10.1103/PhysRevLett.77.3865}, volume = {77}`
    """
    field = entry.field("doi")
    facts = read_suffix(normalise_doi(field.value) or "") if field else None
    if field is None or facts is None:
        return
    for name, said, severity in _contradictions(context.full(entry), facts):
        shown = entry.get(name) or entry.get("date")
        message = f"the DOI says {name} {said}, the entry {shown}"
        yield in_field(entry, field, "RK406", message, severity=severity)


def _contradictions(entry: Entry, facts: Suffix) -> Iterator[tuple[str, str, Severity]]:
    year = re.match("[0-9]{4}", entry.get("year") or entry.get("date"))
    if facts.year and year and not facts.year - facts.before <= int(year[0]) <= facts.year + facts.after:
        yield "year", str(facts.year), Severity.WARNING
    volume = entry.get("volume").strip()
    if facts.volume and volume.isdigit() and facts.volume.isdigit() and int(volume) != int(facts.volume):
        yield "volume", facts.volume, Severity.WARNING
    page = re.match("[A-Za-z]?[0-9]+", entry.get("pages") or entry.get("eid"))
    if facts.page and page and facts.page.lstrip("0").upper() != page[0].lstrip("0").upper():
        yield "pages", facts.page, Severity.WARNING
    if facts.issn and (issns := _codes(entry.get("issn"), 8)) and facts.issn not in issns:
        yield "issn", facts.issn, Severity.INFO
    if facts.isbn and (isbns := _codes(entry.get("isbn"), 13)) and facts.isbn not in isbns:
        yield "isbn", facts.isbn, Severity.INFO


def _codes(value: str, length: int) -> set[str]:
    codes = re.findall(r"[0-9Xx]+", value.replace("-", ""))
    return {code.upper() for code in codes if len(code) == length}


@rule("RK407", "doi-of-whole-book", Severity.WARNING, fields=("doi",))
def doi_of_whole_book(entry: Entry, context: Context) -> Iterator[Finding]:
    """The DOI is that of a book, but the entry is a chapter with pages; or the reverse.

    Why: the link leads to the wrong thing, and the metadata compared by it are those of the book.
    Bad: `@incollection{a, pages = {10--20}, doi = {10.1007/978-3-540-72816-0}}`
    Good: `@incollection{a, pages = {10--20}, doi = {10.1007/978-3-540-72816-0_2}}`
    """
    field = entry.field("doi")
    facts = read_suffix(normalise_doi(field.value) or "") if field else None
    if field is None or facts is None:
        return
    if (
        facts.part is False
        and entry.type in ("incollection", "inproceedings", "conference", "inbook")
        and entry.get("pages")
    ):
        yield in_field(entry, field, "RK407", "the DOI is that of the whole book, the entry a part of it")
    elif facts.part and entry.type in ("book", "collection", "proceedings", "mvbook"):
        yield in_field(entry, field, "RK407", "the DOI is that of a chapter, the entry a whole book")


@rule("RK408", "checksum-wrong", Severity.ERROR, fields=("isbn", "issn"))
def checksum_wrong(entry: Entry, context: Context) -> Iterator[Finding]:
    """An ISBN or ISSN has a wrong length or check digit, or stands in the other's field.

    Why: one of its digits is wrong, and catalogues do not find the work by it.
    Bad: `isbn = {978-3-540-72816-9}`
    Good: `isbn = {978-3-540-72816-0}`
    """
    for name in ("isbn", "issn"):
        field = entry.field(name)
        if field is None:
            continue
        codes = list(_CODE.finditer(field.value)) or list(_SPACED_CODE.finditer(field.value))
        for match in codes:
            problem = _checksum_problem(name, match[0])
            if problem:
                yield in_field(entry, field, "RK408", f"{match[0].strip()}: {problem}", at=match.span())
        if not codes and any(map(str.isdigit, field.value)):
            digits = "8" if name == "issn" else "10 or 13"
            yield in_field(entry, field, "RK408", f"“{field.value}”: an {name.upper()} has {digits} digits")


_CODE = regex(r"(?<![\w-])[0-9](?:[0-9Xx]|[-‐–−](?=[0-9Xx])){6,20}(?!\w)")
_SPACED_CODE = regex(r"(?<![\w-])[0-9](?:[0-9Xx]|[-‐–−\s](?=[0-9Xx])){6,20}(?!\w)")


@lru_cache(maxsize=4096)
def _checksum_problem(name: str, printed: str) -> str:
    from stdnum import isbn, issn

    code = re.sub(r"[^0-9Xx]", "", printed).upper()
    if name == "isbn":
        if len(code) == 8 and issn.is_valid(code):
            return "this is an ISSN, not an ISBN"
        if len(code) not in (10, 13):
            return "an ISBN has 10 or 13 digits" if len(code) > 8 or not code.isdigit() else ""
        return "" if isbn.is_valid(code) else "the check digit of the ISBN is wrong"
    if len(code) in (10, 13) and isbn.is_valid(code):
        return "this is an ISBN, not an ISSN"
    if len(code) != 8:
        return "an ISSN has 8 digits"
    return "" if issn.is_valid(code) else "the check digit of the ISSN is wrong"


@rule("RK409", "identifier-form", Severity.INFO, fix=Safety.SAFE, fields=("isbn", "issn", "eprint", "pmid"))
def identifier_form(entry: Entry, context: Context) -> Iterator[Finding]:
    """An ISBN, ISSN, arXiv or PubMed number carries its label, or lacks its hyphen.

    Why: the style prints the label, and other tools compare the bare number.
    Bad: `issn = {ISSN 00978493}`
    Good: `issn = {0097-8493}`
    """
    for name, pattern in _LABELS:
        field = entry.field(name)
        match = pattern.match(field.value) if field else None
        if field and match:
            label = match[0].strip()
            yield in_field(
                entry, field, "RK409", f"label “{label}” in {name}", (0, len(field.value), _bare(field, match.end()))
            )
        elif field and name == "issn" and _BARE_ISSN.fullmatch(field.value.strip()):
            yield in_field(entry, field, "RK409", "ISSN without its hyphen", (0, len(field.value), _bare(field, 0)))


_LABELS = (
    ("isbn", regex(r"\s*(?:e-?)?isbn(?:-?1[03])?\s*[:=]?\s*(?=[0-9])", re.IGNORECASE)),
    ("issn", regex(r"\s*(?:[ep]-?)?issn\s*[:=]?\s*(?=[0-9])", re.IGNORECASE)),
    (
        "eprint",
        regex(r"\s*(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv\s*:\s*)(?=[0-9a-z])", re.IGNORECASE),
    ),
    ("pmid", regex(r"\s*(?:pmid|pubmed(?: id)?)\s*:?\s*(?=[0-9])", re.IGNORECASE)),
)
_BARE_ISSN = regex("[0-9]{7}[0-9Xx]")


def _bare(field: Field, start: int) -> str:
    value = field.value[start:].strip()
    if field.name == "issn" and _BARE_ISSN.fullmatch(value):
        return f"{value[:4]}-{value[4:].upper()}"
    return value.removesuffix(".pdf") if field.name == "eprint" else value
