"""Entries made from Crossref records: faithful, restyled and faulty ones, each with the verdict it deserves.

The kinds are those a cataloguer meets; `make(records, seed)` gives one case for each kind and record it applies to.
Also used by benchmarks/verify.
"""

import copy
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from refkit.latex import from_text
from refkit.model import Entry, Field

Work = dict[str, Any]
TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "reference-entry": "incollection",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "report": "techreport",
    "dissertation": "phdthesis",
    "posted-content": "misc",
}
CHAPTERS = ("incollection", "inproceedings")


@dataclass
class Case:
    """An entry with its deserved verdicts (any of them), and what the services must additionally know."""

    kind: str
    entry: Entry
    expected: tuple[str, ...]
    good: bool
    works: list[Work] = field(default_factory=list)
    notices: list[Work] = field(default_factory=list)
    datacite: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


Fields = dict[str, str]


@dataclass
class Pool:
    """The records and a source of chance."""

    works: Sequence[Work]
    chance: random.Random
    by_journal: dict[str, list[Work]] = field(default_factory=dict)
    by_author: dict[str, list[Work]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for work in self.works:
            for journal in work.get("container-title") or []:
                self.by_journal.setdefault(journal, []).append(work)
            if family := first_family(work):
                self.by_author.setdefault(family.lower(), []).append(work)

    def other(self, work: Work, among: Sequence[Work]) -> Work | None:
        """A clearly different work among some."""
        title = bare(full_title(work))
        found = [
            w for w in among if w["DOI"].lower() != work["DOI"].lower() and usable(w) and bare(full_title(w)) != title
        ]
        return self.chance.choice(found) if found else None


def usable(work: Work) -> bool:
    """Whether an entry can be made of the record."""
    return bool(
        work.get("type") in TYPES and work.get("title") and work["title"][0] and first_family(work) and year(work)
    )


def first_family(work: Work) -> str:
    for name in work.get("author") or work.get("editor") or []:
        return name.get("family") or name.get("name") or ""
    return ""


def year(work: Work) -> int | None:
    parts = (work.get("issued") or {}).get("date-parts") or [[None]]
    return parts[0][0] if parts[0] else None


def clean(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", unescape(unescape(text))).split())


def bare(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def full_title(work: Work) -> str:
    title = clean(work["title"][0])
    subtitle = clean((work.get("subtitle") or [""])[0])
    return f"{title}: {subtitle}" if subtitle and bare(subtitle) not in bare(title) else title


def printed_name(name: Work) -> str:
    if name.get("family"):
        given = name.get("given")
        return f"{clean(name['family'])}, {clean(given)}" if given else f"{{{clean(name['family'])}}}"
    return f"{{{clean(name.get('name') or name.get('given') or '')}}}"


def people(work: Work) -> list[Work]:
    return [n for n in (work.get("author") or work.get("editor") or []) if n.get("family") or n.get("name")]


def base(work: Work, chance: random.Random) -> Fields:
    """The fields of a faithful entry."""
    kind = TYPES[work["type"]]
    fields = {"ENTRYTYPE": kind}
    role = "author" if work.get("author") else "editor"
    fields[role] = " and ".join(printed_name(name) for name in people(work)[:30])
    fields["title"] = full_title(work)
    containers = work.get("container-title") or []
    if containers:
        name = "booktitle" if kind in CHAPTERS else "series" if kind == "book" else "journal"
        fields[name] = clean(chance.choice(containers) if kind in CHAPTERS else containers[0])
    fields["year"] = str(year(work))
    for name, key in (("volume", "volume"), ("number", "issue"), ("pages", "page")):
        if work.get(key):
            fields[name] = str(work[key]).replace("-", "--") if name == "pages" else str(work[key])
    if "pages" not in fields and work.get("article-number"):
        fields["pages"] = str(work["article-number"])
    if work.get("publisher") and kind != "article":
        fields["publisher"] = clean(work["publisher"])
    fields["doi"] = work["DOI"]
    return fields


def entry(key: str, fields: Fields) -> Entry:
    values = {name: value for name, value in fields.items() if name != "ENTRYTYPE" and value}
    verbatim = ("doi", "url", "author", "editor")
    made = tuple(
        Field(name, value if name in verbatim or "\\" in value else from_text(value)) for name, value in values.items()
    )
    return Entry(fields["ENTRYTYPE"], key, made)


# --- restyled: the same work, printed otherwise; None where the kind does not apply ---


def title_case(w: Work, f: Fields, p: Pool) -> Fields:
    small = {"of", "the", "and", "in", "on", "a", "an", "for", "to", "with", "by"}
    words = [x if x in small else x[:1].upper() + x[1:] for x in f["title"].split()]
    return f | {"title": " ".join(words)}


def upper_case(w: Work, f: Fields, p: Pool) -> Fields:
    return f | {"title": f["title"].upper()}


def lower_case(w: Work, f: Fields, p: Pool) -> Fields:
    return f | {"title": f["title"][:1] + f["title"][1:].lower()}


def latex_accents(w: Work, f: Fields, p: Pool) -> Fields | None:
    marks = {"\u0301": "\\'", "\u0300": "\\`", "\u0308": '\\"', "\u0302": "\\^", "\u0303": "\\~", "\u030c": "\\v"}

    def encode(text: str) -> str:
        out = ""
        for character in text:
            parts = unicodedata.normalize("NFD", character)
            out += f"{{{marks[parts[1]]}{{{parts[0]}}}}}" if len(parts) == 2 and parts[1] in marks else character
        return out.replace("ß", "{\\ss}").replace("ø", "{\\o}").replace("&", "\\&").replace("–", "--")

    done = {name: encode(f[name]) for name in ("author", "title", "journal", "booktitle") if name in f}
    return f | done if any("\\" in value for value in done.values()) else None


def subtitle_cut(w: Work, f: Fields, p: Pool) -> Fields | None:
    head = re.split(r": |\? |\. | [–—] ", f["title"])[0]
    return f | {"title": head} if head != f["title"] and len(head.split()) >= 2 else None


def journal_short(w: Work, f: Fields, p: Pool) -> Fields | None:
    short = [clean(x) for x in w.get("short-container-title") or []]
    return f | {"journal": short[0]} if "journal" in f and short and short[0] != f["journal"] else None


def journal_iso4(w: Work, f: Fields, p: Pool) -> Fields | None:
    small = {"of", "the", "and", "in", "on", "a", "an", "for", "to", "de", "la", "des", "der", "für", "et", "und", "&"}
    words = [x for x in f.get("journal", "").split() if x.lower() not in small]
    if len(words) < 2:
        return None
    return f | {"journal": " ".join(x if len(x) < 6 else x[: p.chance.randint(3, 5)] + "." for x in words)}


def initials(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = []
    for name in people(w)[:30]:
        if name.get("family") and name.get("given"):
            letters = [part[0] + "." for part in re.split(r"[\s\-.]+", name["given"]) if part]
            names.append(f"{clean(name['family'])}, {' '.join(letters)}")
        else:
            names.append(printed_name(name))
    return f | {("author" if "author" in f else "editor"): " and ".join(names)}


def given_first(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = people(w)[:30]
    if not all(n.get("family") and n.get("given") and " " not in n["family"].strip() for n in names):
        return None
    role = "author" if "author" in f else "editor"
    return f | {role: " and ".join(f"{clean(n['given'])} {clean(n['family'])}" for n in names)}


def and_others(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = people(w)
    role = "author" if "author" in f else "editor"
    return f | {role: printed_name(names[0]) + " and others"} if len(names) > 2 else None


def et_al(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = people(w)
    role = "author" if "author" in f else "editor"
    if len(names) < 3 or not names[0].get("family"):
        return None
    return f | {role: f"{printed_name(names[0])} {p.chance.choice(('et al.', 'et al', 'and others', 'and et al.'))}"}


def few_authors(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = people(w)
    role = "author" if "author" in f else "editor"
    return f | {role: " and ".join(map(printed_name, names[:3]))} if len(names) > 4 else None


def swapped_names(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = [n for n in people(w) if n.get("family") and n.get("given")]
    if not names or len(names[0]["given"].replace(".", "")) < 3 or "author" not in f:
        return None
    return f | {"author": " and ".join(f"{clean(n['given'])}, {clean(n['family'])}" for n in names)}


def ascii_names(w: Work, f: Fields, p: Pool) -> Fields | None:
    value = f.get("author", "")
    plain = unicodedata.normalize(
        "NFKD", value.replace("ø", "o").replace("ß", "ss").replace("ł", "l").replace("Ł", "L")
    )
    plain = plain.encode("ascii", "ignore").decode()
    return f | {"author": plain} if plain != value and len(plain) > len(value) * 0.9 else None


def umlauts_written(w: Work, f: Fields, p: Pool) -> Fields | None:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ö": "Oe", "Ü": "Ue", "Ä": "Ae"})
    value = f.get("author", "").translate(table)
    return f | {"author": value} if value != f.get("author", "") else None


def romanised(w: Work, f: Fields, p: Pool) -> Fields | None:
    from anyascii import anyascii

    value = anyascii(f.get("author", ""))
    return (
        f | {"author": value}
        if sum(c > "\u036f" and c.isalpha() and c < "\u1e00" for c in f.get("author", "")) > 6
        else None
    )


def romanised_title(w: Work, f: Fields, p: Pool) -> Fields | None:
    from anyascii import anyascii

    letters = sum("\u0370" < c < "\u1e00" for c in f["title"])
    return f | {"title": anyascii(f["title"])} if letters * 2 > len(f["title"]) else None


def solar_year(w: Work, f: Fields, p: Pool) -> Fields | None:
    return f | {"year": str(int(f["year"]) - 621)} if 1961 <= int(f["year"]) <= 2026 else None


def year_beside(w: Work, f: Fields, p: Pool) -> Fields:
    return f | {"year": str(int(f["year"]) + p.chance.choice((-1, 1)))}


def online_year(w: Work, f: Fields, p: Pool) -> Fields | None:
    years = [w[k]["date-parts"][0][0] for k in ("published-print", "published-online") if w.get(k)]
    return f | {"year": str(years[0])} if years and years[0] and str(years[0]) != f["year"] else None


def pages_elided(w: Work, f: Fields, p: Pool) -> Fields | None:
    found = re.fullmatch("([0-9]{3,})--([0-9]{3,})", f.get("pages", ""))
    if not found or len(found[1]) != len(found[2]) or found[1][:-2] != found[2][:-2] or found[1] == found[2]:
        return None
    return f | {"pages": f"{found[1]}--{found[2][-2:]}"}


def first_page_only(w: Work, f: Fields, p: Pool) -> Fields | None:
    first = f.get("pages", "").split("--")[0]
    return f | {"pages": first} if first and first != f["pages"] else None


def pages_dash(w: Work, f: Fields, p: Pool) -> Fields | None:
    return f | {"pages": "pp. " + f["pages"].replace("--", "–")} if "--" in f.get("pages", "") else None


def article_number(w: Work, f: Fields, p: Pool) -> Fields | None:
    number = w.get("article-number")
    if not number:
        return None
    place = p.chance.choice(("pages", "eid", "number"))
    return {k: v for k, v in f.items() if k not in ("pages", "number")} | {place: str(number)}


def entities(w: Work, f: Fields, p: Pool) -> Fields | None:
    value = f["title"].replace("&", "&amp;").replace("–", "&ndash;").replace("’", "&#8217;").replace("é", "&eacute;")
    value = re.sub(r"\b([A-Z][a-z]{4,} [a-z]{5,})\b", r"<i>\1</i>", value, count=1)
    return f | {"title": value} if value != f["title"] else None


def bilingual(w: Work, f: Fields, p: Pool) -> Fields | None:
    if len(f["title"].split()) < 4:
        return None
    other = p.chance.choice(
        (
            "بررسی عوامل مؤثر بر توسعه پایدار شهری",
            "Исследование влияния среды на развитие",
            "Eine Untersuchung zur Lage der Dinge",
        )
    )
    return f | {
        "title": p.chance.choice((f"{other} [{f['title']}]", f"{f['title']} [{other}]", f"{f['title']} = {other}"))
    }


def editors_as_authors(w: Work, f: Fields, p: Pool) -> Fields | None:
    if "editor" not in f:
        return None
    return {("author" if k == "editor" else k): v for k, v in f.items()}


def doi_as_url(w: Work, f: Fields, p: Pool) -> Fields:
    doi = f["doi"]
    forms = (
        f"https://doi.org/{doi}",
        f"doi:{doi}",
        doi.upper(),
        f"http://dx.doi.org/{doi}",
        doi.replace("_", "\\_"),
        f"DOI: {doi}",
    )
    return f | {"doi": p.chance.choice(forms)}


def minimal(w: Work, f: Fields, p: Pool) -> Fields:
    return {k: v for k, v in f.items() if k in ("ENTRYTYPE", "author", "editor", "title", "year", "doi")}


def misprint(w: Work, f: Fields, p: Pool) -> Fields | None:
    words = f["title"].split()
    if len(words) < 6:
        return None
    index = p.chance.randrange(len(words))
    word = words[index]
    if len(word) < 5 or not word.isalpha():
        return None
    at = p.chance.randrange(1, len(word) - 2)
    words[index] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return f | {"title": " ".join(words)}


def punctuation(w: Work, f: Fields, p: Pool) -> Fields:
    table = str.maketrans({"–": "-", "—": "-", "‐": "-", "’": "'", "“": '"', "”": '"', ":": " -"})
    return f | {"title": f["title"].translate(table).rstrip(".") + "."}


def british(w: Work, f: Fields, p: Pool) -> Fields | None:
    value = (
        f["title"]
        .replace("ization", "isation")
        .replace("olor", "olour")
        .replace("ehavior", "ehaviour")
        .replace("yz", "ys")
    )
    return f | {"title": value} if value != f["title"] else None


def type_changed(w: Work, f: Fields, p: Pool) -> Fields:
    return f | {"ENTRYTYPE": "misc"}


# --- faulty ---


def year_wrong(w: Work, f: Fields, p: Pool) -> Fields | None:
    shift = p.chance.choice((-7, -5, -4, -3, 3, 4, 6, 9))
    return f | {"year": str(int(f["year"]) + shift)}


INVENTED = ("Thornbury", "Okonkwo", "Vasquez", "Lindqvist", "Petrov", "Yamamoto", "Haddad", "Kowalczyk", "Brennan")


def author_wrong(w: Work, f: Fields, p: Pool) -> Fields | None:
    if "author" not in f or not people(w)[0].get("family"):
        return None
    rest = f["author"].split(" and ")[1:]
    return f | {"author": " and ".join([f"{p.chance.choice(INVENTED)}, {p.chance.choice('ABCDEFG')}.", *rest])}


def author_dropped(w: Work, f: Fields, p: Pool) -> Fields | None:
    names = people(w)
    if "author" not in f or len(names) < 3 or not all(n.get("family") for n in names[:2]):
        return None
    if names[0]["family"] == names[1]["family"]:
        return None
    return f | {"author": " and ".join(map(printed_name, names[1:]))}


def volume_wrong(w: Work, f: Fields, p: Pool) -> Fields | None:
    if not f.get("volume", "").isdigit():
        return None
    return f | {"volume": str(int(f["volume"]) + p.chance.choice((1, 2, 5, 11, 30)))}


def pages_wrong(w: Work, f: Fields, p: Pool) -> Fields | None:
    found = re.fullmatch("([0-9]+)(?:--([0-9]+))?", f.get("pages", ""))
    if not found:
        return None
    shift = p.chance.choice((10, 33, 100, 217))
    pages = f"{int(found[1]) + shift}" + (f"--{int(found[2]) + shift}" if found[2] else "")
    return f | {"pages": pages}


def journal_wrong(w: Work, f: Fields, p: Pool) -> Fields | None:
    if "journal" not in f:
        return None
    names = [j for j in p.by_journal if bare(j)[:6] != bare(f["journal"])[:6] and len(j.split()) > 1]
    return f | {"journal": clean(p.chance.choice(names))} if names else None


def title_wrong(w: Work, f: Fields, p: Pool) -> Fields | None:
    other = p.other(w, p.works)
    return f | {"title": full_title(other)} if other else None


def _with_doi_of(f: Fields, other: Work | None) -> Fields | None:
    return f | {"doi": other["DOI"]} if other else None


def doi_random(w: Work, f: Fields, p: Pool) -> Fields | None:
    return _with_doi_of(f, p.other(w, p.works))


def doi_same_journal(w: Work, f: Fields, p: Pool) -> Fields | None:
    among = [o for j in w.get("container-title") or [] for o in p.by_journal.get(j, [])]
    return _with_doi_of(f, p.other(w, among))


def doi_same_author(w: Work, f: Fields, p: Pool) -> Fields | None:
    return _with_doi_of(f, p.other(w, p.by_author.get(first_family(w).lower(), [])))


def unregistered(w: Work, f: Fields, p: Pool) -> Fields:
    return f | {"doi": f"{f['doi'].split('/')[0]}/zz{p.chance.randrange(10**7)}.{p.chance.randrange(10**4)}"}


def slipped(w: Work, f: Fields, p: Pool) -> Fields | None:
    doi = f["doi"]
    spots = [i for i in range(8, len(doi) - 1) if doi[i].isdigit() and doi[i + 1].isdigit() and doi[i] != doi[i + 1]]
    if not spots:
        return None
    at = p.chance.choice(spots)
    return f | {"doi": doi[:at] + doi[at + 1] + doi[at] + doi[at + 2 :]}


GOOD: dict[str, Callable[[Work, Fields, Pool], Fields | None]] = {
    "faithful": lambda w, f, p: f,
    **{
        function.__name__: function
        for function in (
            *(title_case, upper_case, lower_case, latex_accents, subtitle_cut, journal_short, journal_iso4, initials),
            *(given_first, and_others, et_al, few_authors, swapped_names, ascii_names, umlauts_written, romanised),
            *(
                solar_year,
                romanised_title,
                year_beside,
                online_year,
                pages_elided,
                first_page_only,
                pages_dash,
                article_number,
                entities,
                bilingual,
            ),
            *(editors_as_authors, doi_as_url, minimal, misprint, punctuation, british, type_changed),
        )
    },
}
BAD: dict[str, tuple[Callable[[Work, Fields, Pool], Fields | None], tuple[str, ...]]] = {
    "year_wrong": (year_wrong, ("mismatch",)),
    "author_wrong": (author_wrong, ("mismatch",)),
    "author_dropped": (author_dropped, ("mismatch",)),
    "volume_wrong": (volume_wrong, ("mismatch",)),
    "pages_wrong": (pages_wrong, ("mismatch",)),
    "journal_wrong": (journal_wrong, ("mismatch",)),
    "title_wrong": (title_wrong, ("mismatch", "wrong-doi")),
    "doi_random": (doi_random, ("wrong-doi",)),
    "doi_same_journal": (doi_same_journal, ("wrong-doi",)),
    "doi_same_author": (doi_same_author, ("wrong-doi",)),
    "unregistered": (unregistered, ("not-registered",)),
    "slipped": (slipped, ("not-registered", "wrong-doi")),
}


def natural(work: Work) -> str:
    """The verdict that a faithful entry deserves by the record's own state."""
    updated = any(u["DOI"].lower() != work["DOI"].lower() for u in work.get("updated-by") or [])
    return "updated" if updated or (work.get("relation") or {}).get("is-preprint-of") else "verified"


def simple_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """The kinds that change only the entry."""
    pool = Pool(works, random.Random(seed))
    for number, work in enumerate(w for w in works if usable(w)):
        fields = base(work, pool.chance)
        for kind, change in GOOD.items():
            if (made := change(work, dict(fields), pool)) is not None:
                yield Case(kind, entry(f"{kind}{number}", made), (natural(work),), True, [work])
        for kind, (change, expected) in BAD.items():
            if (made := change(work, dict(fields), pool)) is not None:
                yield Case(kind, entry(f"{kind}{number}", made), expected, False, [work])


def notice_of(work: Work, kind: str, label: str, source: str = "publisher") -> Work:
    """A notice about a work, as Crossref has it."""
    doi = f"{work['DOI']}.n{kind[:3]}"
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [f"{label}: {work['title'][0]}"],
        "author": work.get("author"),
        "container-title": work.get("container-title"),
        "issued": {"date-parts": [[(year(work) or 2000) + 2]]},
        "volume": "999",
        "update-to": [{"DOI": work["DOI"], "type": kind, "label": label, "source": source}],
    }


STATES = {
    "retracted": ("retraction", "Retraction", "retracted"),
    "withdrawn": ("withdrawal", "Withdrawal", "retracted"),
    "removed": ("removal", "Removal", "retracted"),
    "partly_retracted": ("partial_retraction", "Partial retraction", "retracted"),
    "concern": ("expression_of_concern", "Expression of Concern", "updated"),
    "corrected": ("correction", "Correction", "updated"),
    "erratum": ("erratum", "Erratum to", "updated"),
}


def state_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """Works that were retracted, corrected and so on; the record changes, the entry is faithful."""
    chance = random.Random(seed)
    chosen = [w for w in works if usable(w) and w["type"] == "journal-article" and natural(w) == "verified"]
    for number, original in enumerate(chosen):
        if original.get("update-to") or re.match(
            r"\W*(?:erratum|correction|reply|comment|re:)", full_title(original).lower()
        ):
            continue
        name = list(STATES)[number % len(STATES)]
        kind, label, expected = STATES[name]
        work = copy.deepcopy(original)
        notice = notice_of(work, kind, label)
        fields = base(work, chance)
        how = chance.choice(
            ("record", "notice", "both", "title") if expected == "retracted" else ("record", "notice", "both")
        )
        if how in ("record", "both"):
            work["updated-by"] = [{"DOI": notice["DOI"], "type": kind, "label": label, "source": "retraction-watch"}]
        if how == "title":
            work["title"] = [
                f"{chance.choice(('RETRACTED: ', 'RETRACTED ARTICLE: ', 'WITHDRAWN: '))}{work['title'][0]}"
            ]
        known = [notice] if how in ("notice", "both") else []
        yield Case(name, entry(f"{name}{number}", fields), (expected,), False, [work], known)
        fields_wrong = fields | {"year": str(int(fields["year"]) - 4)}
        if expected == "retracted":
            yield Case(f"{name}_year", entry(f"{name}y{number}", fields_wrong), (expected,), False, [work], known)
        on_notice = fields | {"doi": notice["DOI"]}
        yield Case("doi_of_notice", entry(f"notice{number}", on_notice), ("wrong-doi",), False, [original, notice])
        cited = base(notice, chance) if usable(notice) else None
        if cited:
            yield Case("notice_cited", entry(f"cited{number}", cited), ("verified",), True, [notice])


def book_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """The DOI of the book on a chapter, and of a chapter on the book."""
    chance = random.Random(seed)
    for number, work in enumerate(
        w for w in works if usable(w) and w["type"] in ("book-chapter", "proceedings-article")
    ):
        if not work.get("container-title") or bare(work["container-title"][0]) in bare(full_title(work)):
            continue
        title = work["container-title"][0]
        doi = re.sub(r"[._-](?:ch)?[0-9a-z]+$", "", work["DOI"]) + "x"
        editors = [{"family": chance.choice(INVENTED), "given": "E."}]
        book = {
            "DOI": doi,
            "type": "proceedings"
            if work["type"].startswith("proc")
            else chance.choice(("book", "edited-book", "monograph")),
            "title": [title],
            "editor": editors,
            "issued": work["issued"],
            "publisher": work.get("publisher"),
            "ISBN": work.get("ISBN"),
        }
        fields = base(work, chance)
        fields["booktitle"] = clean(title)
        yield Case(
            "book_doi_on_chapter", entry(f"bookdoi{number}", fields | {"doi": doi}), ("wrong-doi",), False, [book]
        )
        whole = {
            "ENTRYTYPE": "book",
            "editor": f"{editors[0]['family']}, E.",
            "title": clean(title),
            "year": fields["year"],
        }
        on_book = whole | {"doi": work["DOI"], "publisher": fields.get("publisher", "")}
        yield Case("chapter_doi_on_book", entry(f"chapdoi{number}", on_book), ("wrong-doi",), False, [work])
        yield Case("book", entry(f"book{number}", whole | {"doi": doi}), ("verified",), True, [book])


def part_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """Part I with the DOI of Part II."""
    chance = random.Random(seed)
    styles = (
        (". I", ". II"),
        (" - Part 1", " - Part 2"),
        (": Part I", ": Part III"),
        (", part one", ", part two"),
        (" 1", " 2"),
    )
    for number, original in enumerate(w for w in works if usable(w) and w["type"] == "journal-article"):
        if len(original["title"][0].split()) < 5 or original.get("subtitle"):
            continue
        one, two = chance.choice(styles)
        first, second = copy.deepcopy(original), copy.deepcopy(original)
        first["title"] = [original["title"][0].rstrip(".") + one]
        second["title"] = [original["title"][0].rstrip(".") + two]
        second["DOI"] = original["DOI"] + "-2"
        second["page"] = second["article-number"] = f"{chance.randint(400, 900)}-{chance.randint(1001, 1200)}"
        if chance.random() < 0.2:
            del second["page"], second["article-number"]
        fields = base(first, chance)
        yield Case(
            "doi_of_part",
            entry(f"part{number}", fields | {"doi": second["DOI"]}),
            ("wrong-doi",),
            False,
            [first, second],
        )
        yield Case("part", entry(f"partok{number}", fields), ("verified",), True, [first, second])


def datacite_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """DOIs of DataCite: faithful, and on another work."""
    chance = random.Random(seed)
    chosen = [w for w in works if usable(w) and people(w)[0].get("family")]
    for number, work in enumerate(chosen):
        doi = f"10.5281/zenodo.{100000 + number}"
        creators = [
            {"name": f"{n['family']}, {n.get('given', '')}", "familyName": n["family"], "givenName": n.get("given", "")}
            for n in people(work)
            if n.get("family")
        ]
        attributes = {
            "doi": doi,
            "titles": [{"title": clean(work["title"][0])}],
            "creators": creators,
            "publicationYear": year(work),
            "publisher": "Zenodo",
            "types": {"resourceTypeGeneral": "Dataset"},
        }
        fields = {"ENTRYTYPE": "misc", "author": base(work, chance).get("author", ""), "title": clean(work["title"][0])}
        fields |= {"year": str(year(work)), "publisher": "Zenodo", "doi": doi}
        yield Case("datacite", entry(f"dc{number}", fields), ("other-agency",), True, datacite={doi: attributes})
        other = chance.choice(chosen)
        if bare(full_title(other)) != bare(full_title(work)) and first_family(other) != first_family(work):
            wrong = base(other, chance) | {"doi": doi}
            yield Case(
                "datacite_wrong", entry(f"dcw{number}", wrong), ("wrong-doi",), False, datacite={doi: attributes}
            )


SLOTS = {
    "dor": "20.1001.1.20088221.1399.8.26.2.4",
    "arxiv": "arXiv:1706.03762v2",
    "page": "https://www.jstor.org/stable/2118508",
    "handle": "hdl:20.500.12345/6789",
    "pmid": "PMID: 12345678",
    "short": "10.22059",
    "dor_url": "https://doi.org/20.1001.1.17350409.1400.24.80.1.3",
}


def invalid_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """Something else in the DOI's place."""
    chance = random.Random(seed)
    for number, work in enumerate(w for w in works if usable(w)):
        kind = list(SLOTS)[number % len(SLOTS)]
        fields = base(work, chance) | {"doi": SLOTS[kind]}
        yield Case(f"slot_{kind}", entry(f"{kind}{number}", fields), ("invalid",), False)


def preprint_cases(works: Sequence[Work], seed: int) -> Iterator[Case]:
    """The DOI of the preprint on the article, a faithful preprint, and one that has been published since."""
    chance = random.Random(seed)
    for number, work in enumerate(w for w in works if usable(w) and w["type"] == "journal-article" and w.get("volume")):
        doi = f"10.1101/2019.{number:06d}"
        preprint = {
            "DOI": doi,
            "type": "posted-content",
            "title": work["title"],
            "author": work.get("author"),
            "issued": {"date-parts": [[(year(work) or 2000) - 1]]},
            "publisher": "Cold Spring Harbor Laboratory",
            "institution": [{"name": "bioRxiv"}],
        }
        fields = base(work, chance)
        own = {k: fields[k] for k in ("author", "title") if k in fields}
        own |= {"ENTRYTYPE": "misc", "year": str((year(work) or 2000) - 1), "doi": doi, "howpublished": "bioRxiv"}
        yield Case("preprint", entry(f"pre{number}", own), ("verified",), True, [preprint])
        published = preprint | {
            "relation": {"is-preprint-of": [{"id-type": "doi", "id": work["DOI"], "asserted-by": "subject"}]}
        }
        on_preprint = fields | {"doi": doi, "year": own["year"]}
        yield Case(
            "doi_of_preprint", entry(f"onpre{number}", on_preprint), ("mismatch", "wrong-doi"), False, [preprint]
        )
        yield Case("preprint_published", entry(f"prepub{number}", own), ("updated",), False, [published])


def all_cases(works: Sequence[Work], seed: int) -> list[Case]:
    """Every kind for every record it applies to."""
    makers = (simple_cases, state_cases, book_cases, part_cases, datacite_cases, invalid_cases, preprint_cases)
    return [case for maker in makers for case in maker(works, seed)]
