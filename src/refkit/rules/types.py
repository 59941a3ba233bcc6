"""RK1: entry types and fields."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from refkit.dates import ascii_digits
from refkit.model import Bibliography, Edit, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import check, in_entry, in_field, is_literal, rule
from refkit.rules.context import Context, addition, removal, renaming

# After btxdoc (Patashnik) and the biblatex manual; `a/b` means one of them. Required since the style cannot do without.
_REQUIRED_BIBTEX = """
article author title journal year
book author/editor title publisher year
inbook author/editor title chapter/pages/booktitle publisher year
incollection author title booktitle year
inproceedings author title booktitle year
conference author title booktitle year
booklet title
manual title
mastersthesis author title school year
phdthesis author title school year
proceedings title year
techreport author title institution year
unpublished author title note/url/year
"""
_REQUIRED_BIBLATEX = """
article author title journal year
book author/editor title year
mvbook author/editor title year
inbook author title booktitle year
suppbook author/editor booktitle/title
booklet title
collection title year
mvcollection title year
incollection author title booktitle year
inproceedings author title booktitle year
conference author title booktitle year
proceedings title year
mvproceedings title year
manual title
online title/note url/doi/eprint
electronic title/note url/doi/eprint
www title/note url/doi/eprint
patent author title number
periodical title year
report author title institution year
techreport author title institution year
thesis author title institution year
phdthesis author title institution year
mastersthesis author title institution year
unpublished author title
"""
_EQUAL = {
    "year": ("year", "date", "pubstate", "issued"),
    "journal": ("journal", "journaltitle", "journalsubtitle", "shortjournal", "fjournal", "journalabbr"),
    "publisher": ("publisher", "organization", "institution", "school", "howpublished", "eprint"),
    "school": ("school", "institution", "university", "publisher"),
    "institution": ("institution", "school", "organization", "publisher", "number"),
    "title": ("title", "maintitle", "booktitle", "shorttitle", "issuetitle", "titleaddon"),
    "author": ("author", "editor", "organization", "institution", "key", "sortname", "shortauthor", "label", "holder",
               "bookauthor", "translator", "editora", "shorthand", "labelname", "publisher", "sortkey", "nameaddon"),
    "url": ("url", "howpublished", "note", "link"),
    "pages": ("pages", "eid", "section", "articleno"),
    "number": ("number", "type"),
}  # fmt: skip


def _read_required(table: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    required = {}
    for line in table.strip().splitlines():
        kind, *needs = line.split()
        required[kind] = tuple((need, _alternatives(need)) for need in needs)
    return required


def _alternatives(need: str) -> tuple[str, ...]:
    return tuple(name for part in need.split("/") for name in _EQUAL.get(part, (part,)))


_REQUIRED = {"bibtex": _read_required(_REQUIRED_BIBTEX), "biblatex": _read_required(_REQUIRED_BIBLATEX)}
_TYPES = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings "
    "techreport unpublished mvbook bookinbook suppbook collection mvcollection suppcollection dataset online patent "
    "periodical suppperiodical mvproceedings reference mvreference inreference report set software thesis xdata "
    "electronic www artwork audio bibnote commentary image jurisdiction legislation legal letter movie music "
    "performance review standard video customa customb customc customd custome customf".split()
)
# Types of well-known styles: IEEEtran, ACM, biblatex-apa, jurabib.
_TOOL_TYPES = frozenset(
    "ieeetranbstctl control artifactsoftware artifactdataset softwareversion softwaremodule codefragment game "
    "constitution legmaterial legadminmaterial nameonly jurthesis bachelorsthesis diplomathesis".split()
)


@rule("RK101", "unknown-type", Severity.WARNING, fix=Safety.UNSAFE)
def unknown_type(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """The entry type is not known to BibTeX or biblatex.

    Why: BibTeX warns and prints such an entry as if it were anything; mostly the type is misspelt.
    Bad: `@artcile{a, title = {On trees}}`
    Good: `@misc{a, title = {On trees}}`
    """
    unknown = [entry for entry in bibliography.entries if entry.type not in _TYPES and entry.type not in _TOOL_TYPES]
    counts = Counter(entry.type for entry in unknown)
    for entry in unknown:
        near = _nearest(entry.type)
        own = not near and counts[entry.type] > 2
        severity = Severity.INFO if own else Severity.WARNING
        advice = f"; did you mean @{near}?" if near else ""
        start = context.text.lower().find(entry.type, entry.start, entry.key_start) if near and entry.start >= 0 else -1
        edits = [Edit(start, start + len(entry.type), near)] if start >= 0 else []
        yield in_entry(entry, "RK101", f"unknown entry type @{entry.type}{advice}", *edits, severity=severity)


@lru_cache(maxsize=1024)
def _nearest(kind: str) -> str:
    return "" if kind in _TOOL_TYPES else nearest(kind, _TYPES)


def nearest(word: str, known: frozenset[str]) -> str:
    """The known word that `word` is a slip of, empty when none is near."""
    from rapidfuzz.distance import OSA

    if len(word) < 4:
        return ""
    limit = 1 if len(word) < 6 else 2
    distance, best = min((OSA.distance(word, other, score_cutoff=limit), other) for other in sorted(known))
    far = distance > 1 and word[0] != best[0]  # people hardly ever mistype the first letter
    compound = best in word and len(word) > len(best) + 1
    return best if distance <= limit and not far and not compound else ""


@rule("RK102", "required-field-missing", Severity.ERROR)
def required_field_missing(entry: Entry, context: Context) -> Iterator[Finding]:
    """A field that the entry type requires is missing. Fields inherited by `crossref` or `xdata` count.

    Why: BibTeX and biblatex warn, and the printed reference has a hole.
    Bad: `@article{a, author = {Smith, J.}, title = {On trees}, year = {2019}}`
    Good: `@article{a, author = {Smith, J.}, title = {On trees}, journal = {Woods}, year = {2019}}`
    """
    required = _REQUIRED[context.dialect]
    needs = required.get(entry.type) or (required.get(_nearest(entry.type)) if entry.type not in _TYPES else None)
    if not needs:
        return
    whole = context.full(entry)
    for need, names in needs:
        if not any((field := whole.field(name)) and not is_blank(field) for name in names) and not _is_excused(
            entry, need
        ):
            what = need.replace("/", " or ")
            severity = _severity_of_absence(entry, need)
            yield in_entry(entry, "RK102", f"@{entry.type} without {what}", severity=severity, field=need.split("/")[0])


_SOMETIMES_ABSENT = ("author", "author/editor", "publisher", "chapter/pages/booktitle", "note/url/year", "number")


def _severity_of_absence(entry: Entry, need: str) -> Severity:
    """Works without author or publisher exist; ancient texts, cited by their shorthand, have no year."""
    if need == "year" and entry.get("shorthand"):
        return Severity.INFO
    return Severity.WARNING if need in _SOMETIMES_ABSENT else Severity.ERROR


def _is_excused(entry: Entry, need: str) -> bool:
    if need == "journal":
        return bool(entry.get("eprint") or entry.get("archiveprefix")) or entry.get("entrysubtype") != ""
    return entry.get("crossref") != "" and need != "title" and need != "author"


_FIELDS = frozenset(
    "author editor title journal booktitle year month volume number pages publisher address edition series doi url "
    "urldate isbn issn language langid note annote chapter crossref howpublished institution key organization school "
    "type eprint abstract keywords date journaltitle location subtitle titleaddon translator pubstate version "
    "eprinttype eprintclass archiveprefix primaryclass booksubtitle booktitleaddon maintitle mainsubtitle "
    "maintitleaddon journalsubtitle issue issuetitle issuesubtitle eid pagetotal bookpagination pagination part "
    "volumes venue eventdate eventtitle eventtitleaddon origdate origlanguage origlocation origpublisher origtitle "
    "reprinttitle shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle library "
    "addendum afterword foreword introduction annotation annotator commentator bookauthor holder file isan ismn isrn "
    "iswc indextitle indexsorttitle label nameaddon editora editorb editorc editortype editoratype editorbtype "
    "editorctype entrysubtype gender hyphenation ids langidopts options presort related relatedoptions relatedstring "
    "relatedtype sortkey sortname sortshorthand sorttitle sortyear xdata xref execute entryset authortype dor "
    "solaryear urlday urlmonth urlyear journaltitleaddon keyword pdf authoraddon nationality assignee day dayfiled "
    "monthfiled yearfiled revision intype names_show_max_forced_etal".split()
)
_CORE = frozenset(
    "author editor title journal booktitle year month volume number pages publisher address edition series doi url "
    "urldate isbn issn language langid note annote chapter crossref howpublished institution organization school "
    "eprint abstract keywords date journaltitle location subtitle translator publisher version keywords".split()
)
# What reference managers, databases and styles add; a word of it is never a slip of the keyboard.
_TOOL_FIELDS = frozenset(
    "file owner timestamp groups comment review citeulike-article-id posted-at priority bibsource biburl date-added "
    "date-modified local-url rating read added-at interhash intrahash mendeley-tags mendeley-groups zblnumber "
    "mrnumber mrclass mrreviewer fjournal coden acknowledgement bibdate lccn ajournal pmid pmcid adsurl adsnote "
    "collaboration slaccitation reportnumber reportid affiliation numpages articleno issue_date acmid da de-id "
    "unique-id times-cited journal-iso doc-delivery-number number-of-cited-references keywords-plus em-address "
    "lastaccessed lastchecked accessed dateaccessed accessdate lastvisited webpage_url hal_id hal_version urlsuffix "
    "ee cdate mdate entrydate printed readstatus qualityassured ranking relevance creationdate modificationdate "
    "username copyright rights place pages-numbers size price annotate summary contents tags remark remarks funding "
    "issn-l eissn isbn-13 isbn-10 isbn13 isbn10 asin oclc lcc lc ddc jstor_id jstor jfm zbl arxivid arxiv "
    "bibkey citation-key betterbibtex-key refkit-ignore refkit-source status source id day subject topic "
    "usera userb userc userd usere userf lista listb listc listd liste listf verba verbb verbc namea nameb namec "
    "nameatype namebtype namectype author+an editor+an title+an annotation-author opt optauthor code codeurl video "
    "slides poster website project hypertoc citedby bookdoi eventplace eventurl conference abbr archive call-number "
    "tablecontents xxlibrary remark2 xxnote xxauthor xxtitle subject-dates tableofcontents".split()
)
_TOOL_PREFIX = regex(r"(?:bdsk-|mendeley-|zotero-|jabref|citeulike-|refkit-|comment-|xx|x-|ctl|_|user|verb)\S*")
_ATTACHED = regex(r"\S+(?:\+an(?::\S+)?|-[0-9]{1,3}|[0-9]|_\S+|-[a-z]{1,2}|-id|-url|id|key|urldate|langid|url|name)")


def _is_known(name: str) -> bool:
    if name in _FIELDS or name in _TOOL_FIELDS or _TOOL_PREFIX.match(name) or "+an" in name:
        return True
    switched_off = name[1:] if name[:1] == "x" else name[3:] if name[:3] in ("opt", "alt", "old") else ""
    return switched_off in _FIELDS


@rule("RK103", "unknown-field", Severity.WARNING, fix=Safety.UNSAFE)
def unknown_field(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """The field is not known to BibTeX, biblatex or a common tool.

    Why: a misspelt field is silently ignored. A field of your own is only mentioned once, as information.
    Bad: `auhtor = {Smith, John}`
    Good: `author = {Smith, John}`
    """
    uses: dict[str, list[tuple[Entry, Field]]] = {}
    for entry in bibliography.entries:
        for field in entry.fields:
            if field.name not in _FIELDS and not _is_known(field.name):
                uses.setdefault(field.name, []).append((entry, field))
    for name, places in uses.items():
        near = _nearest_field(name) if len(places) < 6 else ""
        near = _TO_BIBLATEX.get(near, near) if context.dialect == "biblatex" else near
        for entry, field in places if near else places[:1]:
            yield _unknown(entry, field, near, len(places))


@lru_cache(maxsize=1024)
def _nearest_field(name: str) -> str:
    return "" if _ATTACHED.fullmatch(name) else nearest(name, _CORE)


def _unknown(entry: Entry, field: Field, near: str, count: int) -> Finding:
    if near:
        movable = entry.field(near) is None and field.start >= 0 and is_literal(field)
        also = (renaming(field, near),) if movable else ()
        return in_field(entry, field, "RK103", f"unknown field {field.name}; did you mean {near}?", also=also)
    many = f" (in {count} entries)" if count > 1 else ""
    return in_field(entry, field, "RK103", f"unknown field {field.name}{many}", severity=Severity.INFO)


_TO_BIBLATEX = {
    "journal": "journaltitle", "address": "location", "school": "institution", "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass", "hyphenation": "langid", "annote": "annotation",
}  # fmt: skip
_TO_BIBTEX = {
    "journaltitle": "journal", "location": "address", "eprinttype": "archiveprefix", "eprintclass": "primaryclass",
    "hyphenation": "langid", "annotation": "annote", "date": "year",
}  # fmt: skip


@rule(
    "RK104",
    "field-of-other-dialect",
    Severity.INFO,
    fix=Safety.SAFE,
    fields=tuple({*_TO_BIBLATEX, *_TO_BIBTEX}),
)
def field_of_other_dialect(entry: Entry, context: Context) -> Iterator[Finding]:
    """The field belongs to the other dialect: `journaltitle` in a BibTeX file, `journal` in a biblatex file.

    Why: BibTeX ignores the fields of biblatex; biblatex reads the old names, but mixing them hides double entries.
    Bad: `@article{a, year = {2019}, journaltitle = {Woods}}`
    Good: `@article{a, year = {2019}, journal = {Woods}}`
    """
    names = _TO_BIBTEX if context.dialect == "bibtex" else _TO_BIBLATEX
    for field in entry.fields:
        other = names.get(field.name)
        if other is None or _is_fine_as_is(entry, field):
            continue
        edits = _to_other(entry, field, other, context)
        message = f"{field.name} is not a field of {_NAMES[context.dialect]}; there it is called {other}"
        yield in_field(entry, field, "RK104", message, also=edits, at=None)


_NAMES = {"bibtex": "BibTeX", "biblatex": "biblatex"}


def _is_fine_as_is(entry: Entry, field: Field) -> bool:
    if field.name == "year":  # biblatex reads `year`, with anything in it that is no date
        return bool(entry.field("date") or entry.field("month")) or not re.search("[0-9]{4}", ascii_digits(field.value))
    if field.name == "date":
        return bool(entry.field("year"))
    return not field.value.strip()


def _to_other(entry: Entry, field: Field, other: str, context: Context) -> tuple[Edit, ...]:
    if entry.field(other) or field.start < 0:
        return ()
    if field.name == "year" and not re.fullmatch("[0-9]{4}", field.value):
        return ()
    if field.name != "date":
        return (renaming(field, other),)
    match = re.fullmatch("([0-9]{4})(?:-([0-9]{2}))?", field.value.strip())
    if match is None or not is_literal(field) or (match[2] and entry.field("month")):
        return ()
    edits = (renaming(field, "year"), Edit(field.value_start, field.value_end, match[1]))
    return (*edits, addition(field, "month", str(int(match[2])), context.text)) if match[2] else edits


@rule("RK105", "empty-or-placeholder", Severity.WARNING, fix=Safety.UNSAFE)
def empty_or_placeholder(entry: Entry, context: Context) -> Iterator[Finding]:
    """A field is empty, or holds a placeholder such as TODO or ???. The fix takes it out; `--fix` alone loses no field.

    Why: some styles print it, others set punctuation around nothing; the value was never filled in.
    Bad: `publisher = {TODO}`
    Good: `publisher = {Springer}`
    """
    for field in entry.fields:
        if (
            len(field.value) > 12
            or not is_blank(field)
            or field.name in _MAY_BE_EMPTY
            or entry.type in ("ieeetranbstctl", "control")
        ):
            continue
        value = field.value.strip()
        what = f"placeholder “{value}” in {field.name}" if value.strip("{}") else f"{field.name} is empty"
        edits = (removal(field, context.text),) if context.text and field.start >= 0 else ()
        severity = Severity.WARNING if field.name in _FIELDS else Severity.INFO
        yield in_field(entry, field, "RK105", what, also=edits, severity=severity)


_MAY_BE_EMPTY = frozenset("crossref options keywords abstract file owner timestamp groups comment review month".split())
_PLACEHOLDERS = frozenset("todo fixme ??? ???? ?? tbd n/a".split())
_WEAK_PLACEHOLDERS = frozenset("none unknown missing - -- ? tba xxx null".split())
_FACTS = frozenset("author editor year date journal publisher volume number pages doi url address".split())


def is_blank(field: Field) -> bool:
    """Whether the value is empty or stands for one that was never filled in."""
    if len(field.value) > 12:
        return False
    value = field.value.strip("{} \t\r\n~").lower()
    if value in ("n.d.", "n.d", "s.d.", "nd", "no date"):
        return field.name in ("year", "date")
    return not value or value in _PLACEHOLDERS or (value in _WEAK_PLACEHOLDERS and field.name in _FACTS)


@rule(
    "RK106",
    "type-and-fields-disagree",
    Severity.WARNING,
    fix=Safety.UNSAFE,
    fields=("booktitle", "journal", "journaltitle", "pages"),
)
def type_and_fields_disagree(entry: Entry, context: Context) -> Iterator[Finding]:
    """The fields belong to another entry type.

    Why: the style prints the fields of the type it is told, and drops the rest.
    Bad: `@article{a, title = {On trees}, booktitle = {Proceedings of the Tree Conference}}`
    Good: `@inproceedings{a, title = {On trees}, booktitle = {Proceedings of the Tree Conference}}`
    """
    journal = entry.field("journal") or entry.field("journaltitle")
    better, reason = _better_type(entry, journal)
    if not better:
        return
    start = context.text.lower().find(entry.type, entry.start, entry.key_start) if entry.key_start > 0 else -1
    edits = [Edit(start, start + len(entry.type), better)] if start >= 0 else []
    yield in_entry(entry, "RK106", f"@{entry.type} {reason}; is it @{better}?", *edits)


def _better_type(entry: Entry, journal: Field | None) -> tuple[str, str]:
    booktitle = entry.get("booktitle")
    if entry.type == "article" and booktitle and not journal:
        return ("inproceedings" if _MEETING.search(booktitle) else "incollection"), "has a booktitle, but no journal"
    inherits = entry.get("crossref") or entry.get("xdata")
    if entry.type in ("inproceedings", "conference", "incollection") and journal and not booktitle and not inherits:
        return "article", "has a journal, but no booktitle"
    if entry.type in ("book", "phdthesis", "mastersthesis", "techreport") and journal and entry.get("volume"):
        return (
            ("article", "has a journal and a volume") if entry.get("pages") and not entry.get("publisher") else ("", "")
        )
    first = re.match(r"([0-9]+)\s*(?:--?|–)\s*([0-9]+)$", entry.get("pages"))
    if entry.type == "book" and first and int(first[1]) > 1 and booktitle:
        return "incollection", f"has a booktitle and the pages {first[0]}"
    return "", ""


_MEETING = regex(
    r"proceed|conference|symposium|workshop|congress|meeting|\bproc\b|tagung|colloqu|همایش|کنفرانس", re.IGNORECASE
)


@rule("RK107", "title-or-organisation-as-person", Severity.WARNING, fix=Safety.UNSAFE, fields=("author", "editor"))
def title_or_organisation_as_person(entry: Entry, context: Context) -> Iterator[Finding]:
    """The author field holds the title, or an organisation turned round like a person.

    Why: the list is sorted and cited under a person who does not exist.
    Bad: `author = {Organization, World Health}`
    Good: `author = {{World Health Organization}}`
    """
    for name in ("author", "editor"):
        field = entry.field(name)
        if field is None:
            continue
        match = _TURNED_ROUND.fullmatch(field.value)
        if match:
            fixed = f"{{{match[2]} {match[1]}}}"
            yield in_field(
                entry, field, "RK107", f"organisation read as a person: “{field.value}”", (0, len(field.value), fixed)
            )
        elif len(field.value) > 15 and field.value.strip("{} ") == entry.get("title").strip("{} "):
            yield in_field(entry, field, "RK107", f"the {name} is the same as the title")


_TURNED_ROUND = regex(
    r"(Organi[sz]ation|University|Institute|Ministry|Department|Committee|Commission|Corporation|Association|Foundation|"
    r"Society|Consortium|Council|Agency|Federation|Collaboration|Nations|Union),\s{1,5}"
    r"((?:the )?[A-Z][a-z]{2,30}(?: [\w&]{2,30}){0,8})"
)


@check("RK810", fields=("booktitle",))
def chapter_without_editors(entry: Entry, context: Context) -> Iterator[Finding]:
    """A chapter whose book has no editors."""
    field = entry.field("booktitle")
    inherits = any(entry.get(name) for name in ("editor", "crossref", "xdata", "bookauthor"))
    if field and entry.type in ("incollection", "book") and not inherits:  # @book: RK106 makes it @incollection
        yield in_field(entry, field, "RK810", "chapter without the editors of its book", severity=Severity.INFO)
