"""RK6: duplicates, keys and order."""

import re
from collections.abc import Iterator
from functools import lru_cache

from refkit.identifiers import normalise_doi
from refkit.model import Bibliography, Block, BlockKind, Edit, Entry, Finding, Safety, Severity
from refkit.names import parse_names
from refkit.regex import regex
from refkit.rules import in_entry, in_field, rule
from refkit.rules.context import Context


@rule("RK601", "duplicate-key", Severity.ERROR)
def duplicate_key(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Two entries have the same citation key, or keys that differ in case only.

    Why: BibTeX keeps the first and drops the other; it does not tell capitals apart.
    Bad: `@misc{smith2019, title = {A}} @misc{Smith2019, title = {B}}`
    Good: `@misc{smith2019a, title = {A}} @misc{smith2019b, title = {B}}`
    """
    first: dict[str, Entry] = {}
    for entry in bibliography.entries:
        if not entry.key:
            continue
        other = first.setdefault(entry.key.lower(), entry)
        if other is not entry:
            line = bibliography.source.position(max(other.start, 0))[0]
            what = "is used" if other.key == entry.key else f"differs only in case from “{other.key}”"
            yield in_entry(entry, "RK601", f"key “{entry.key}” {what} in line {line}")


@rule("RK602", "same-identifier", Severity.ERROR)
def same_identifier(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Two entries have the same DOI, the same arXiv number, or the same ISBN and pages.

    Why: the work is listed twice, or one of the two was given the other's number.
    Bad: `@misc{a, doi = {10.1145/3292500}} @misc{b, doi = {10.1145/3292500}}`
    Good: `@misc{a, doi = {10.1145/3292500}} @misc{b, doi = {10.1145/3297858}}`
    """
    first: dict[str, Entry] = {}
    for entry in bibliography.entries:
        for name, code in _identifiers(entry):
            other = first.setdefault(code, entry)
            field = entry.field(name)
            if field and other is not entry and not _may_share(other, entry, code):
                shown = code.partition(":")[2]
                yield in_field(entry, field, "RK602", f"{shown} is also the {name} of “{other.key}”")


def _identifiers(entry: Entry) -> Iterator[tuple[str, str]]:
    doi = normalise_doi(entry.get("doi"))
    if doi:
        yield "doi", f"doi:{doi.lower()}"
    arxiv = _ARXIV.search(entry.get("eprint"))
    if arxiv:
        yield "eprint", f"arxiv:{arxiv[0].lower()}"
    isbn = re.sub(r"[^0-9Xx]", "", entry.get("isbn"))
    if len(isbn) in (10, 13):
        pages = "".join(entry.get("pages").split())
        yield "isbn", f"isbn:{isbn[-10:-1]} {pages or 'whole'}"


_ARXIV = regex(r"(?<![0-9])[0-9]{4}\.[0-9]{4,5}|(?<![a-z-])[a-z-]{2,16}(?:\.[A-Z]{2})?/[0-9]{7}")
_PARTS = frozenset("incollection inproceedings conference inbook suppbook bookinbook inreference".split())


def _may_share(one: Entry, other: Entry, code: str) -> bool:
    if other.key.lower() in _linked(one) or one.key.lower() in _linked(other) or "set" in (one.type, other.type):
        return True
    if code.startswith("arxiv") and _is_published(one) != _is_published(other):
        return True
    if any(_differ(one, other, name) for name in ("volume", "edition", "part", "chapter", "version")):
        return True
    in_book = one.type in _PARTS or other.type in _PARTS
    if in_book and _title(one) != _title(other) and (_differ(one, other, "pages") or not code.startswith("doi:")):
        return True
    return code.startswith("isbn") and (one.type in _PARTS) != (other.type in _PARTS)


def _is_published(entry: Entry) -> bool:
    return any(entry.get(name) for name in ("journal", "journaltitle", "booktitle", "publisher"))


def _linked(entry: Entry) -> set[str]:
    names = ("crossref", "xref", "related", "entryset", "xdata", "ids")
    return {key.strip().lower() for name in names for key in entry.get(name).split(",") if key.strip()}


def _differ(one: Entry, other: Entry, name: str) -> bool:
    left, right = one.get(name).strip().lower(), other.get(name).strip().lower()
    return (
        left != right and bool(left or right)
        if name in ("edition", "version")
        else bool(left and right and left != right)
    )


@lru_cache(maxsize=1 << 16)
def _fold(value: str) -> str:
    from refkit.latex import to_text

    plain = to_text(value) if "\\" in value or "{" in value else value
    return "".join(re.findall(r"[^\W_]+", plain.casefold()))


def _title(entry: Entry) -> str:
    return _fold(f"{entry.get('title')} {entry.get('subtitle')}")


@rule("RK603", "likely-duplicate", Severity.WARNING)
def likely_duplicate(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Two entries agree in title, first author and year.

    Why: the work is probably listed twice under two keys.
    Bad: `@misc{a, title = {Growth of trees}, year = 2019} @misc{b, title = {{Growth} of Trees}, year = 2019}`
    Good: `@misc{a, title = {Growth of trees}, year = 2019} @misc{b, title = {Decay of trees}, year = 2019}`
    """
    buckets: dict[str, list[Entry]] = {}
    for entry in bibliography.entries:
        title = _title(entry)
        if len(title) > 8 and title not in _GENERIC:
            buckets.setdefault(title, []).append(entry)
    for entries in buckets.values():
        for index, entry in enumerate(entries[1:20], 1):
            other = next((item for item in entries[:index] if _is_same_work(item, entry)), None)
            if other and other.key.lower() != entry.key.lower():  # the same key is RK601
                yield in_entry(entry, "RK603", f"probably the same work as “{other.key}”: title, author and year agree")


_GENERIC = frozenset(
    "introduction conclusion preface foreword editorial bookreview bookreviews guesteditorsintroduction "
    "acknowledgements guesteditorial editorsintroduction letterstotheeditor lettertotheeditor abstracts reviewers "
    "errata corrigendum tableofcontents editorialboard masthead callforpapers fromtheeditor fromtheeditors "
    "inthisissue".split()
)
_SAME_KIND = {
    "conference": "inproceedings",
    "www": "online",
    "electronic": "online",
    "webpage": "online",
    "misc": "online",
}


def _is_same_work(one: Entry, other: Entry) -> bool:
    if _SAME_KIND.get(one.type, one.type) != _SAME_KIND.get(other.type, other.type) or _may_share(one, other, "title"):
        return False
    if any(
        _differ(one, other, name)
        for name in ("number", "pages", "journal", "journaltitle", "booktitle", "eid", "isbn", "type", "langid")
    ):
        return False
    if any(item.get("related") or "dataonly" in item.get("options") for item in (one, other)):
        return False
    if not _first_author(one) and any(_differ(one, other, name) for name in ("url", "howpublished")):
        return False
    if _preprint(one) != _preprint(other) or _different_dois(one, other):
        return False
    years = [(entry.get("year") or entry.get("date"))[:4] for entry in (one, other)]
    return years[0] == years[1] and _first_author(one) == _first_author(other)


def _preprint(entry: Entry) -> bool:
    return bool(entry.get("eprint")) or "arxiv" in f"{entry.get('journal')} {entry.get('doi')}".lower()


def _different_dois(one: Entry, other: Entry) -> bool:
    left, right = normalise_doi(one.get("doi")), normalise_doi(other.get("doi"))
    return bool(left and right and left.lower() != right.lower())


def _first_author(entry: Entry) -> str:
    names = parse_names(entry.get("author") or entry.get("editor"))
    return _fold(names[0].family or names[0].literal) if names else ""


@rule("RK604", "unusable-key", Severity.ERROR, fix=Safety.UNSAFE)
def unusable_key(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    r"""The citation key is empty, or has a character that BibTeX or LaTeX cannot use in a key.

    Why: the entry cannot be cited.
    Bad: `@misc{smith#2019, title = {A}}`
    Good: `@misc{smith2019, title = {A}}`
    """
    unusable = [entry for entry in bibliography.entries if not entry.key or _BAD_IN_KEY.search(entry.key)]
    if not unusable:
        return
    keys = {entry.key.lower() for entry in bibliography.entries}
    linked = {key for entry in bibliography.entries for key in _linked(entry)}
    for entry in unusable:
        bad = "".join(dict.fromkeys(_BAD_IN_KEY.findall(entry.key)))
        if not entry.key:
            yield in_entry(entry, "RK604", "the entry has no key")
        else:
            better = _BAD_IN_KEY.sub("", entry.key)
            free = better and better.lower() not in keys and entry.key.lower() not in linked and entry.key_start >= 0
            edits = [Edit(entry.key_start, entry.key_end, better)] if free else []
            hard = any(sign in "%#{}~\\," or sign.isspace() for sign in bad)
            severity = Severity.ERROR if hard else Severity.WARNING
            yield in_entry(entry, "RK604", f"“{bad}” cannot stand in a key", *edits, severity=severity)


_BAD_IN_KEY = regex(r"""[\s%#{}~\\,"'()=]""")


@rule("RK606", "cross-reference-broken", Severity.ERROR)
def cross_reference_broken(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """`crossref`, `xdata` or `related` names an entry that is missing, or that refers back.

    With BibTeX the entry named by `crossref` must also stand after its child.

    Why: the child stays without the fields it should inherit.
    Bad: `@incollection{part, title = {A}, crossref = {whole}}`
    Good: `@incollection{part, title = {A}, crossref = {whole}} @book{whole, title = {B}}`
    """
    linking = [
        (index, entry, field)
        for index, entry in enumerate(bibliography.entries)
        for field in entry.fields
        if field.name in _LINKS
    ]
    if not linking:
        return
    places = {entry.key.lower(): index for index, entry in reversed(list(enumerate(bibliography.entries)))}
    aliases = {key for entry in bibliography.entries for key in _keys(entry.get("ids"))}
    parents = {
        entry.key.lower(): _keys(f"{entry.get('crossref')},{entry.get('xdata')}") for entry in bibliography.entries
    }
    for index, entry, field in linking:
        for key in _keys(field.value):
            problem = _broken(entry, index, field.name, key, places, parents, context)
            if problem and key not in aliases:
                yield in_field(entry, field, "RK606", problem)


_LINKS = frozenset(("crossref", "xdata", "related", "xref", "entryset"))


def _keys(value: str) -> list[str]:
    return [key.strip().lower() for key in value.split(",") if key.strip()]


def _broken(
    entry: Entry,
    index: int,
    name: str,
    key: str,
    places: dict[str, int],
    parents: dict[str, list[str]],
    context: Context,
) -> str:
    if key not in places:
        return f"{name}: there is no entry “{key}”"
    if name in ("crossref", "xdata") and _reaches(key, entry.key.lower(), parents):
        return f"{name}: “{key}” refers back to this entry"
    if name == "crossref" and context.dialect == "bibtex" and places[key] < index:
        return f"crossref: “{key}” stands before this entry; BibTeX needs it after"
    return ""


def _reaches(start: str, goal: str, parents: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key == goal:
            return True
        if key not in seen:
            seen.add(key)
            waiting.extend(parents.get(key, ()))
    return False


@rule("RK607", "out-of-order", Severity.INFO)
def out_of_order(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Entries are not in the order that the settings ask for; `refkit format` puts them so.

    Without `sort` in the table `format` of the settings the rule is silent.

    Why: in a fixed order an entry is found by eye, and differences between versions stay small.
    Bad: `@misc{trees, title = {Trees}} @misc{rivers, title = {Rivers}}`
    Good: `@misc{rivers, title = {Rivers}} @misc{trees, title = {Trees}}`
    """
    if not context.sort:
        return
    from refkit.bibtex.order import ranks

    by_start = dict(
        zip((entry.start for entry in bibliography.entries), ranks(bibliography.entries, context.sort), strict=True)
    )
    last = None
    for block in bibliography.blocks:
        if block.entry is None:
            last = None if _ends_section(block, bibliography.source.text) else last
            continue
        now = by_start[block.entry.start]
        if last is not None and now < last:
            yield in_entry(block.entry, "RK607", f"the entry is not in the order of {context.sort}")
        last = now if last is None else max(last, now)


def _ends_section(block: Block, text: str) -> bool:
    """Whether entries are not sorted across the block: all but text that stands directly above an entry."""
    written = text[block.start : block.end]
    below = written[len(written.rstrip()) :]
    return block.kind is not BlockKind.TEXT or (bool(written.strip()) and below.replace("\r\n", "\n").count("\n") > 1)
