"""Is the record the work that the entry prints, and which fields differ? Pure.

The decision rests on evidence from all fields, never on the title alone: two papers on one topic may have titles 62 %
alike, and a translated title may have nothing in common with the registered one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from refkit.model import Difference
from refkit.names import Name
from refkit.verify import containers, numbers, people, titles
from refkit.verify.fold import compact, is_latin, plain
from refkit.verify.people import Agreement
from refkit.verify.printed import Printed
from refkit.verify.record import Record
from refkit.verify.titles import Likeness, Numerals

# The thresholds of the decision, each with its reason; tuned on one half of 2 706 real records, tested on the other.
SAME_TITLE = titles.SAME  # misprints, spelling and style keep a title above it; sister papers stay below
NEAR_TITLE = 0.70  # a shortened or re-worded title; two of one author on one topic reach 0.69
FAR_TITLE = 0.45  # two unrelated English titles of the same length reach it by their common letters
OTHER_TITLE = 0.75  # with another first author such a title belongs to another work
GENERIC_WORDS = 3  # "Editorial", "Book Reviews", "Introduction to ecology": shared by many works
YEAR_SLACK = 1  # online first, and the year of the issue

_WHOLE_TYPES = frozenset(
    "book monograph edited-book reference-book proceedings book-set book-series report-series".split()
)
_PART_TYPES = frozenset("book-chapter book-section book-part book-track reference-entry proceedings-article".split())
_PERIODICAL_TYPES = frozenset("journal journal-issue journal-volume".split())
_SUPPLEMENT_TYPES = frozenset("component peer-review grant sa-component".split())
_CHAPTER_ENTRIES = frozenset("incollection inbook inproceedings conference inreference".split())
_BOOK_ENTRIES = frozenset("book collection proceedings mvbook mvcollection booklet reference".split())


class Relation(Enum):
    """How a record stands to an entry."""

    SAME = auto()
    DOUBTFUL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What each field says; None where one side is silent. `year` is the distance in years."""

    title: Likeness
    author: Agreement
    year: int | None
    volume: bool | None
    page: bool | None
    host: bool | None
    scripts_differ: bool

    @property
    def year_fits(self) -> bool:
        """Whether the years are as near as online-first publication puts them; also when one is missing."""
        return self.year is None or self.year <= YEAR_SLACK

    @property
    def contradictions(self) -> int:
        """How many of year, volume, page and container speak against the same work."""
        return (self.volume, self.page, self.host).count(False) + (not self.year_fits)

    @property
    def supports(self) -> int:
        """How many of year, volume, page and container speak for it."""
        return (self.volume, self.page, self.host).count(True) + (self.year is not None and self.year_fits)


@dataclass(frozen=True, slots=True)
class Match:
    """The result of a comparison: relation, differing fields, remarks that are no fault, and why it is another work."""

    relation: Relation
    evidence: Evidence
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()
    reason: str = ""


def match(printed: Printed, record: Record) -> Match:
    """Compare an entry's claims with a record."""
    evidence = weigh(printed, record)
    reason = _structural_reason(printed, record, evidence)
    if reason:
        return Match(Relation.OTHER, evidence, tuple(_differences(printed, record, evidence)), reason=reason)
    relation = _relation(printed, record, evidence)
    differences = tuple(_differences(printed, record, evidence))
    if relation is Relation.OTHER:
        return Match(relation, evidence, differences, reason="the record is that of another work")
    return Match(relation, evidence, differences, tuple(_remarks(printed, record, evidence)))


def weigh(printed: Printed, record: Record) -> Evidence:
    """The evidence of all fields."""
    names = record.authors or record.editors
    bodies = (*record.organisations, record.publisher)
    author = people.first_author(printed.names, names, bodies)
    if author is Agreement.DIFFERENT and record.editors and record.authors:
        edited = people.first_author(printed.names, record.editors)
        author = Agreement.EQUAL if edited is Agreement.EQUAL and printed.edited else author
    theirs = _registered_titles(record)
    return Evidence(
        title=titles.compare(printed.titles, theirs),
        author=author,
        year=_year_distance(printed.years, record.years),
        volume=numbers.same_number(printed.volume, record.volume),
        page=_same_page(printed, record),
        host=_same_host(printed, record),
        scripts_differ=bool(theirs and printed.titles) and is_latin(printed.titles[0]) != is_latin(theirs[0]),
    )


def _registered_titles(record: Record) -> tuple[str, ...]:
    """Every true form of the registered title."""
    joined = [f"{title}: {subtitle}" for title in record.titles for subtitle in record.subtitles[:2]]
    return tuple(dict.fromkeys((*record.titles, *joined, *record.others)))


def _year_distance(mine: Sequence[int], theirs: Sequence[int]) -> int | None:
    """Years between the nearest two; a year between print and online is no distance at all."""
    if not mine or not theirs:
        return None
    if any(theirs[0] <= year <= theirs[-1] <= theirs[0] + 2 for year in mine):
        return 0
    return min(abs(year - other) for year in mine for other in theirs)


def _same_page(printed: Printed, record: Record) -> bool | None:
    mine = [text for text in (printed.pages, printed.article_number) if text]
    theirs = [text for text in (record.pages, record.article_number) if text]
    if all(numbers.first_page(text) == "1" for text in (*mine, *theirs)):
        # counted within the article, as many do: only the ends tell anything
        return False if numbers.same_last_page(printed.pages, record.pages) is False else None
    found = [numbers.same_first_page(a, b) for a in mine for b in theirs]
    if True in found:
        return True
    if record.article_number and numbers.same_first_page(printed.issue, record.article_number):
        return True
    if False in found and record.article_number and not printed.article_number and _counts_from_one(printed.pages):
        return None  # "1--12": pages counted within the article
    return False if False in found else None


def _counts_from_one(pages: str) -> bool:
    return numbers.first_page(pages) == "1"


def _same_host(printed: Printed, record: Record) -> bool | None:
    if not printed.hosts:
        return None
    if not record.containers:
        return False if _is_unpublished(printed, record) else None
    if any(compact(printed.issn) == compact(issn) for issn in record.issns if printed.issn):
        return True
    return any(containers.same(host, record.containers) for host in printed.hosts)


def _is_unpublished(printed: Printed, record: Record) -> bool:
    """Whether the entry claims a place in a journal, and the record is the preprint."""
    claims = bool(printed.volume or printed.pages or printed.article_number)
    return record.type == "posted-content" and claims and not printed.is_preprint


def _registered_host(record: Record) -> str:
    return record.containers[0] if record.containers else f"a preprint ({record.publisher or 'no journal'})"


def _structural_reason(printed: Printed, record: Record, evidence: Evidence) -> str:
    """Why the record can only be another work, from the kinds of the two; "" when it may be the same."""
    same_title = evidence.title.score >= SAME_TITLE and not evidence.title.about
    in_host = bool(printed.host) and titles.compare(printed.hosts, _registered_titles(record)).score >= SAME_TITLE
    if record.type in _SUPPLEMENT_TYPES and not (same_title and printed.type == "misc"):
        return "the DOI is that of a supplement or review, not of the work"
    if record.type in _PERIODICAL_TYPES and printed.type not in ("misc", "periodical", "online"):
        return "the DOI is that of the whole journal or issue"
    if record.type in _WHOLE_TYPES and printed.type in _CHAPTER_ENTRIES and not same_title:
        return "the DOI is that of the whole book" if in_host else ""
    if record.type in _PART_TYPES and printed.type in _BOOK_ENTRIES and not same_title:
        is_inside = titles.compare(printed.titles, record.containers).score >= SAME_TITLE
        return "the DOI is that of a chapter, not of the book" if is_inside else ""
    if evidence.title.about and evidence.title.score >= FAR_TITLE and not (evidence.page and evidence.volume):
        return "the DOI is that of a notice, review or reply, not of the work"
    return ""


def _relation(printed: Printed, record: Record, evidence: Evidence) -> Relation:
    if not record.titles or not printed.titles:
        return _relation_untitled(evidence)
    if evidence.title.numerals is not Numerals.SAME and evidence.title.score >= NEAR_TITLE:
        return _relation_of_parts(evidence)
    if evidence.title.score >= SAME_TITLE:
        return _relation_same_title(printed, record, evidence)
    if _numbers_agree(evidence):
        return Relation.SAME if evidence.author.supports else Relation.DOUBTFUL
    return _relation_by_title(evidence)


def _numbers_agree(evidence: Evidence) -> bool:
    """Volume and first page, or what stands in for one of them, agree: hardly a coincidence."""
    if evidence.page and evidence.volume:
        return True
    return bool(evidence.page and evidence.host and evidence.volume is None and evidence.year_fits)


def _relation_untitled(evidence: Evidence) -> Relation:
    if evidence.author.supports and evidence.supports >= 2 and not evidence.contradictions:
        return Relation.SAME
    return Relation.OTHER if evidence.contradictions >= 2 else Relation.DOUBTFUL


def _relation_of_parts(evidence: Evidence) -> Relation:
    """Titles alike but for a number: Part I and Part II, unless volume and page say otherwise."""
    if evidence.page and evidence.contradictions == 0:
        return Relation.SAME
    if _numbers_agree(evidence):
        return Relation.DOUBTFUL
    if evidence.title.numerals is Numerals.CONFLICT or evidence.page is False:
        return Relation.OTHER
    agrees = evidence.author is not Agreement.DIFFERENT and not evidence.contradictions
    return Relation.SAME if agrees else Relation.DOUBTFUL


def _relation_same_title(printed: Printed, record: Record, evidence: Evidence) -> Relation:
    """Titles alike: the same work, unless the title is anybody's or everything else contradicts."""
    generic = evidence.title.words <= GENERIC_WORDS
    if evidence.author is Agreement.DIFFERENT:
        if printed.type in _BOOK_ENTRIES and record.type == "journal-article":
            return Relation.OTHER  # a review that bears the title of the book
        if evidence.contradictions > evidence.supports or (generic and not evidence.supports):
            return Relation.OTHER
    if generic and evidence.contradictions >= 2 and evidence.supports <= 1 and evidence.page is not True:
        return Relation.OTHER
    return Relation.SAME


def _relation_by_title(evidence: Evidence) -> Relation:
    """Titles that are not alike, without a page to settle it."""
    score = evidence.title.score
    if evidence.scripts_differ and evidence.author is not Agreement.DIFFERENT and not evidence.contradictions:
        if evidence.supports >= 2:
            return Relation.SAME  # a title registered in the other language
        return Relation.DOUBTFUL
    if evidence.title.replaced >= 2 and not evidence.page and not (evidence.volume and evidence.host):
        return Relation.OTHER
    if score < FAR_TITLE or (score < SAME_TITLE and evidence.contradictions >= 2 > evidence.supports):
        return Relation.OTHER
    if evidence.author.supports and evidence.page is not False and score >= NEAR_TITLE and evidence.year_fits:
        if not evidence.contradictions:
            return Relation.SAME
        return Relation.DOUBTFUL if score >= OTHER_TITLE or evidence.supports >= 2 else Relation.OTHER
    if score < OTHER_TITLE and (evidence.author is Agreement.DIFFERENT or evidence.page is False):
        return Relation.OTHER
    if score < NEAR_TITLE:
        return Relation.OTHER
    return Relation.DOUBTFUL


def _differences(printed: Printed, record: Record, evidence: Evidence) -> Iterator[Difference]:
    """The fields that differ, in the order of an entry; the record's values without markup."""
    for found in _raw_differences(printed, record, evidence):
        yield Difference(found.field, found.entry, " ".join(plain(found.record).split()))


def _raw_differences(printed: Printed, record: Record, evidence: Evidence) -> Iterator[Difference]:
    yield from _author_difference(printed, record, evidence)
    if record.titles and printed.titles and _title_differs(evidence):
        yield Difference("title", printed.titles[0], _whole_title(record))
    if evidence.host is False:
        yield Difference(_host_field(printed), printed.host, _registered_host(record))
    if not evidence.year_fits:
        yield Difference("year", printed.year, str(_nearest(printed.years, record.years)))
    if evidence.volume is False:
        yield Difference("volume", printed.volume, record.volume)
    if _issue_differs(printed, record):
        yield Difference("number", printed.issue, record.issue)
    if evidence.page is False or (evidence.page and _end_differs(printed, record)):
        yield Difference("pages", printed.pages or printed.article_number, record.pages or record.article_number)


def _title_differs(evidence: Evidence) -> bool:
    if evidence.title.score >= SAME_TITLE:
        return evidence.title.about
    # a title registered in another script, or printed without its end: the numbers settle it
    return not ((evidence.scripts_differ or evidence.title.cut) and evidence.author.supports and evidence.supports >= 2)


def _author_difference(printed: Printed, record: Record, evidence: Evidence) -> Iterator[Difference]:
    names = record.editors if printed.edited and record.editors else record.authors or record.editors
    field = "editor" if printed.edited else "author"
    if evidence.author in (Agreement.DIFFERENT, Agreement.SIMILAR, Agreement.LATER):
        yield Difference(field, _label(printed.names), _label(names))
        return
    if evidence.author is not Agreement.EQUAL:
        return
    unknown, unnamed = people.strangers(printed.names, names)
    if unknown and len(unnamed) >= len(unknown):
        yield Difference(field, people.label(unknown[0]), people.label(unnamed[0]))


def _label(names: Sequence[Name]) -> str:
    return people.label(names[0]) if names else ""


def _whole_title(record: Record) -> str:
    subtitle = f": {record.subtitles[0]}" if record.subtitles else ""
    return f"{record.titles[0]}{subtitle}"


def _host_field(printed: Printed) -> str:
    return "booktitle" if printed.type in _CHAPTER_ENTRIES or printed.type == "incollection" else "journal"


def _nearest(mine: Sequence[int], theirs: Sequence[int]) -> int:
    return min(theirs, key=lambda year: min(abs(year - other) for other in mine))


def _issue_differs(printed: Printed, record: Record) -> bool:
    if not (numbers.is_plain(printed.issue) and numbers.is_plain(record.issue)):
        return False
    if numbers.same_first_page(printed.issue, record.article_number):
        return False
    return numbers.same_number(printed.issue, record.issue) is False


def _end_differs(printed: Printed, record: Record) -> bool:
    return numbers.same_last_page(printed.pages, record.pages) is False


def _remarks(printed: Printed, record: Record, evidence: Evidence) -> Iterator[str]:
    if evidence.author is Agreement.SWAPPED:
        yield "family and given name stand in each other's place"
    if evidence.year == 1:
        yield f"the record has {_nearest(printed.years, record.years)} as the year"
