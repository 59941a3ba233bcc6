"""RK3, continued: pages, volumes and numbers."""

import re
from collections import Counter
from collections.abc import Iterator

from refkit.dates import ascii_digits
from refkit.model import Bibliography, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import check, in_field, is_literal, rule
from refkit.rules.context import Context, addition

_RANGE_END = r"(?:[A-Za-z]{0,2}[0-9]{1,9}[a-z]?|[ivxlcdm]{1,12}|[IVXLCDM]{1,12})"
_DASHES = regex(r"\s{0,9}(?:-{1,4}|–|—|‐|‑|−|‒|\\textendash(?:\{\})?|\\textemdash(?:\{\})?)\s{0,9}")
_SIMPLE_RANGE = regex(rf"({_RANGE_END})({_DASHES.pattern})({_RANGE_END})")
# A letter right after the label may be a part of a word or of the number: Pages, Part 2, P3--P8.
_PAGE_LABEL = regex(
    r"^\s{0,9}(?i:pages?|pp\.?|p\.|p(?=[\s~:])|pgs?\.|seiten?|S\.|Bl\.|صص?\.?|صفحات|صفحه|с\.|стр\.)"
    r"(?:(?=[0-9۰-۹])|[\s~:]{1,3}(?=[A-Z]{0,2}[0-9۰-۹]|[ivxlcdm]{1,12}\b|[IVXLCDM]{1,12}\b))"
)


@rule("RK309", "page-range-form", Severity.INFO, fix=Safety.SAFE, fields=("pages",))
def page_range_form(entry: Entry, context: Context) -> Iterator[Finding]:
    """The page range is not written `12--34`.

    Why: two hyphens set an en dash in LaTeX; labels such as "pp." come from the style, and then stand there twice.
    Bad: `pages = {pp. 12-34}`
    Good: `pages = {12--34}`
    """
    field = entry.field("pages")
    if field is None or _CLEAN_PAGES.fullmatch(field.value):
        return
    value = field.value
    label = _PAGE_LABEL.match(value)
    start = label.end() if label else 0
    fixed = ",".join(_tidy_pages(part) for part in value[start:].split(","))
    if fixed.strip() != value:
        what = f"“{label[0].strip()}” in a page range" if label else f"page range not written with “--”: “{value}”"
        yield in_field(entry, field, "RK309", what, (0, len(value), fixed.strip()))


_CLEAN_PAGES = regex(r"[A-Za-z]?[0-9]+(?:--[A-Za-z]?[0-9]+)?")


def _tidy_pages(part: str) -> str:
    core = part.strip()
    match = _SIMPLE_RANGE.fullmatch(core)
    if not match or match[2] == "--":
        return part
    if match[2] == "-" and match[1].startswith("0"):
        return part
    return part.replace(core, f"{match[1]}--{match[3]}")


@rule("RK310", "last-page-below-first", Severity.WARNING, fix=Safety.UNSAFE, fields=("pages",))
def last_page_below_first(entry: Entry, context: Context) -> Iterator[Finding]:
    """The last page of a range is smaller than the first, or shortened.

    Why: a reversed range is a slip; a shortened one (1258--73) stays as it is in styles that print full numbers.
    Bad: `pages = {1258--73}`
    Good: `pages = {1258--1273}`
    """
    field = entry.field("pages")
    if field is None:
        return
    for match in _NUMBERS.finditer(ascii_digits(field.value)):
        if match[1].lower() != match[4].lower() and match[4]:
            continue
        first, last = int(match[2]), int(match[5])
        if last >= first or match[2].startswith("0"):
            continue
        full = match[2][: -len(match[5])] + match[5] if len(match[5]) < len(match[2]) else ""
        place = match.span()
        if full and int(full) > first:
            fixed = f"{match[1]}{match[2]}{match[3]}{match[4]}{full}"
            yield in_field(entry, field, "RK310", f"shortened page range: {match[0]}", (*place, fixed), at=place)
        else:
            fixed = f"{match[4] or match[1]}{match[5]}{match[3]}{match[1]}{match[2]}"
            message = f"the last page is below the first: {match[0]}"
            yield in_field(entry, field, "RK310", message, (*place, fixed), at=place)


_NUMBERS = regex(
    r"(?<![\w:./-])([A-Za-z]{0,2})([0-9]{1,9})(\s{0,3}(?:-{1,3}|–|—)\s{0,3})([A-Za-z]{0,2})([0-9]{1,9})(?![\w:./–-])"
)


@rule("RK311", "article-number-as-pages", Severity.INFO, fields=("pages", "number"))
def article_number_as_pages(entry: Entry, context: Context) -> Iterator[Finding]:
    """An article number stands as a page range, or in `number`.

    Why: styles print "pp. 104567--104567", or an issue of five digits; biblatex has `eid` for it.
    Bad: `@article{a, journal = {PLoS ONE}, pages = {104567--104567}}`
    Good: `@article{a, journal = {PLoS ONE}, pages = {104567}}`
    """
    if entry.type != "article":
        return
    pages, number = entry.field("pages"), entry.field("number")
    if pages and (match := _SAME.fullmatch(pages.value)) and len(match[1]) > 3:
        yield in_field(entry, pages, "RK311", f"article number written as a page range: {pages.value}")
    if number and re.fullmatch("[0-9]{5,9}", number.value) and not entry.get("pages") and entry.get("volume"):
        yield in_field(entry, number, "RK311", f"“{number.value}” is probably an article number, not an issue")


_SAME = regex(r"(e?[0-9]+)\s*(?:--?|–)\s*\1")


@rule("RK312", "label-in-volume", Severity.WARNING, fix=Safety.SAFE, fields=("volume", "number", "issue"))
def label_in_volume(entry: Entry, context: Context) -> Iterator[Finding]:
    """The volume or number holds its label, or both stand in one field.

    Why: the style prints the label, so the list shows "vol. Vol. 12".
    Bad: `volume = {Vol. 12}`
    Good: `volume = {12}`
    """
    for name in ("volume", "number", "issue"):
        field = entry.field(name)
        if field is None or field.value.isdigit():
            continue
        match = _VOLUME_LABEL.match(field.value)
        if match and (name == "volume" or entry.type in ("article", "periodical", "suppperiodical")):
            label = match[0].strip()
            yield in_field(entry, field, "RK312", f"label “{label}” in {name}", (0, match.end(), ""), at=match.span())
        elif name == "volume" and (both := _VOLUME_ISSUE.fullmatch(field.value.strip())):
            yield _both_in_volume(entry, field, both, context)


_VOLUME_LABEL = regex(
    r"^\s{0,9}(?:volume|vol|band|bd|tome|tomo|issue|iss|number|numero|número|no|nr|num|heft|n°|№|جلد|دوره|سال|شماره|ج|ش)"
    r"[.,:;]{0,2}[\s~]{0,3}(?=[0-9۰-۹]|(?<=[\s~.])[IVXLC]{1,9}$)",
    re.IGNORECASE,
)
_VOLUME_ISSUE = regex(r"([0-9]{1,4})\s?\(([0-9]{1,4}(?:[-–/]{1,2}[0-9]{1,4})?)\)")


def _both_in_volume(entry: Entry, field: Field, both: re.Match[str], context: Context) -> Finding:
    message = f"volume and number in one field: “{field.value}”"
    if entry.field("number") or not is_literal(field):
        return in_field(entry, field, "RK312", message)
    also = (addition(field, "number", both[2], context.text),)
    return in_field(entry, field, "RK312", message, (0, len(field.value), both[1]), also=also)


@check("RK312")
def volume_and_number_swapped(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Volume and number that stand the other way round in the other entries of the same journal and year."""
    issues: dict[tuple[str, str], list[Entry]] = {}
    for entry in bibliography.entries:
        journal = entry.get("journal") or entry.get("journaltitle")
        volume, number = entry.get("volume"), entry.get("number")
        if journal and volume.isdigit() and number.isdigit() and volume != number:
            issues.setdefault((journal, entry.get("year") or entry.get("date")[:4]), []).append(entry)
    for entries in issues.values():
        volumes = Counter(entry.get("volume") for entry in entries)
        for entry in entries:
            field = entry.field("volume")
            if field and volumes[entry.get("number")] >= 2 and volumes[field.value] == 1:
                message = f"volume {field.value} and number {entry.get('number')} are probably swapped"
                yield in_field(entry, field, "RK312", message)
