"""Looking for an entry's DOI: the question, the choice among the answers, and likely slips in a DOI. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refkit.identifiers import SITE_PAGES
from refkit.model import Candidate, Entry
from refkit.names import OTHERS
from refkit.verify.fold import plain
from refkit.verify.match import Match, Relation, match
from refkit.verify.people import Agreement
from refkit.verify.printed import Printed
from refkit.verify.record import Record

ROWS = 6
MIN_TITLE = 0.90  # a search always answers; below this the best hit is as a rule another work
MARGIN = 0.03  # what the best must be ahead of the second, where it is not supported by more fields
_MIN_WORDS = 4  # a shorter title is found only with a page or volume that agrees
_MAX_QUERY = 400
MAX_SLIPS = 20

_SEARCHED_TYPES = frozenset(
    "article book inbook incollection inproceedings conference inreference collection proceedings mvbook booklet "
    "techreport report manual phdthesis mastersthesis thesis unpublished reference mvcollection".split()
)
_UNPRINTED_TYPES = frozenset("component peer-review journal journal-issue journal-volume grant sa-component".split())
_NEWS = re.compile(
    r"\b(?:newspaper|times|tribune|guardian|daily|gazette|herald|news|telegraph|reuters|bbc|cnn|le monde)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"(?:/(?:{SITE_PAGES})|\.pdf|\.html?|[.,;:)\]}}>\"'*]+)+$", re.I)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_LOOKALIKES = (
    ("o", "0"),
    ("0", "o"),
    ("l", "1"),
    ("1", "l"),
    ("i", "1"),
    ("rn", "m"),
    ("_", "-"),
    ("-", "_"),
    ("--", "-"),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits an entry, with its score from 0 to 1."""

    record: Record
    match: Match
    score: float

    @property
    def candidate(self) -> Candidate:
        """The hit as a suggestion."""
        return Candidate(self.record.doi, round(self.score, 2))


def is_searchable(entry: Entry, printed: Printed) -> bool:
    """Whether a DOI may exist and be looked for: not for web pages, newspapers and laws."""
    if entry.type not in _SEARCHED_TYPES or not printed.titles:
        return False
    return not (_NEWS.search(printed.host) and not printed.volume)


def query(printed: Printed) -> str:
    """The question for Crossref's bibliographic search: title, first author, year, container."""
    first = next((name for name in printed.names if name != OTHERS), None)
    author = (first.family or first.literal) if first else ""
    year = str(printed.years[-1]) if printed.years else ""
    words = (plain(printed.titles[0])[:250], author, year, plain(printed.host)[:100])
    return " ".join(" ".join(words).split())[:_MAX_QUERY]


def fitting(printed: Printed, records: Iterable[Record]) -> list[Hit]:
    """The records that fit beyond doubt, best first."""
    hits = [hit for record in records if (hit := _hit(printed, record)) is not None]
    return sorted(hits, key=lambda hit: (_is_posted(hit.record) != printed.is_preprint, -hit.score))


def _hit(printed: Printed, record: Record) -> Hit | None:
    if record.type in _UNPRINTED_TYPES or not record.doi:
        return None
    found = match(printed, record)
    evidence = found.evidence
    if found.relation is not Relation.SAME or evidence.title.score < MIN_TITLE:
        return None
    if evidence.author not in (Agreement.EQUAL, Agreement.SWAPPED) and (printed.names or not evidence.supports):
        return None
    slack = 2 if _is_posted(record) else 1
    if (evidence.year or 0) > slack or evidence.page is False or evidence.volume is False:
        return None
    if evidence.title.words < _MIN_WORDS and not (evidence.page or evidence.volume):
        return None
    return Hit(record, found, score(found))


def score(found: Match) -> float:
    """How well a record fits, from 0 to 1: the title counts most, every agreeing field adds."""
    evidence = found.evidence
    agreeing = (evidence.author.supports, evidence.year == 0, evidence.volume, evidence.page, evidence.host)
    weights = (0.2, 0.06, 0.05, 0.05, 0.04)
    added = sum(weight for agrees, weight in zip(agreeing, weights, strict=True) if agrees)
    return min(1.0, 0.6 * evidence.title.score + added)


def _is_posted(record: Record) -> bool:
    return record.type == "posted-content"


def choose(hits: Sequence[Hit], printed: Printed) -> tuple[Hit | None, tuple[Hit, ...]]:
    """The one hit that stands out, or the several that fit alike."""
    if not hits:
        return None, ()
    best, *rest = hits
    rivals = [
        hit for hit in rest if _is_posted(hit.record) == _is_posted(best.record) and best.score - hit.score < MARGIN
    ]
    rivals = [hit for hit in rivals if hit.match.evidence.supports >= best.match.evidence.supports]
    return (None, (best, *rivals)) if rivals else (best, ())


def slips(doi: str, raw: str = "") -> tuple[str, ...]:
    """DOIs of which `doi` may be a misprint, likeliest first: what clings to its end, dashes, look-alike signs,
    neighbours in the wrong order. `raw` is the field as printed.
    """
    found = dict.fromkeys(slip.lower() for slip in _slips(doi, raw))
    found.pop(doi.lower(), None)
    return tuple(slip for slip in found if re.fullmatch(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+", slip) and "," not in slip)[
        :MAX_SLIPS
    ]


def _slips(doi: str, raw: str) -> Iterator[str]:
    prefix, _, suffix = doi.partition("/")
    if suffix.lower() in raw.lower() and (tail := raw.lower().partition(suffix.lower())[2].strip()):
        yield doi + tail.split()[0]
    yield f"{prefix}/{suffix.translate(_DASHES)}"
    yield f"{prefix}/{_TAIL.sub('', suffix)}"
    for wrong, right in _LOOKALIKES:
        if wrong in suffix.lower():
            yield f"{prefix}/{suffix.lower().replace(wrong, right)}"
    yield from (f"{prefix}/{swapped}" for swapped in _swapped(suffix))
    yield from (f"{swapped}/{suffix}" for swapped in _swapped(prefix) if swapped.startswith("10."))


def _swapped(text: str) -> Iterator[str]:
    """`text` with two neighbours exchanged, from the end: that is where the figures are."""
    for index in range(len(text) - 2, -1, -1):
        if text[index] != text[index + 1]:
            yield text[:index] + text[index + 1] + text[index] + text[index + 2 :]
