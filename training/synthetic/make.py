"""Makes references: a template, values for it, noise, labels."""

import random
from collections.abc import Iterable
from pathlib import Path

from training.data import Example, Label
from training.synthetic.material import (
    Material,
    add_records,
    add_references,
    iranian_people,
    read_material,
)
from training.synthetic.noise import roughen
from training.synthetic.people import Person, run, with_particle
from training.synthetic.templates import Piece, Template, fill, read_templates

# How many of 100 references are of each language.
SHARES = {"en": 32, "de": 32, "ru": 18, "fa": 8, "fr": 4, "it": 3, "es": 3}
_LABELS = {
    **dict.fromkeys(("year", "date", "day", "month", "season"), "date"),
    **dict.fromkeys(("container", "abbr", "conference", "book"), "container-title"),
    **dict.fromkeys(("arxiv", "pmid", "dor", "number"), "identifier"),
    **dict.fromkeys(("page", "pages"), "pages"),
    "subtitle": "title",
    "sno": "series",
    "category": "note",
    "again": "other",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MERGED = {"title", "date", "series"}


def make(count: int, records: Path, examples: Iterable[Example], seed: int = 1) -> list[Example]:
    """`count` labelled references; the same seed gives the same references."""
    rng = random.Random(seed)
    materials = {name: read_material(name, rng) for name in ("en", "de", "ru", "fa", "romance")}
    iranian = iranian_people(rng)
    add_records(materials["en"], records)
    add_references(materials["en"], examples, english=True)
    templates: dict[str, list[Template]] = {}
    for template in read_templates():
        templates.setdefault(template.language, []).append(template)
    languages = rng.choices(list(SHARES), list(SHARES.values()), k=count)
    found = []
    for index, language in enumerate(languages):
        template = rng.choice(templates[language])
        values = Values(language, template.kind, materials.get(language, materials["romance"]), iranian, rng)
        pieces = fill(template.parts, values.value, rng)
        if pieces:
            group = "fr-it-es" if language in {"fr", "it", "es"} else language
            found.append(assemble(f"synthetic-{index:06d}", f"synthetic-{group}", roughen(pieces, rng)))
    return found


def assemble(name: str, source: str, pieces: list[Piece]) -> Example:
    """Joins the pieces to a reference; a title and its subtitle, or the parts of a date, become one label."""
    text = ""
    labels: list[Label] = []
    for field, piece in pieces:
        if field is None and piece.startswith(".") and text[-1:] in {"?", "!", "."}:
            piece = piece[1:]
        start, text = len(text), text + piece
        if field is None:
            continue
        label = _LABELS.get(field, field)
        last = labels[-1] if labels else None
        if last and label == last.field and label in _MERGED and start - last.end <= 7 and ")" not in text[last.end :]:
            labels[-1] = Label(label, last.start, len(text))
        else:
            labels.append(Label(label, start, len(text)))
    return Example(name, source, source, text, tuple(labels))


class Values:
    """The values of one made-up work; a field has the same value wherever it occurs."""

    def __init__(self, language: str, kind: str, material: Material, iranian: list[Person], rng: random.Random) -> None:
        self._language, self._kind, self._material, self._rng = language, kind, material, rng
        self._iranian = kind == "iranian"
        self._people = iranian if self._iranian else material.people
        self._known: dict[str, str] = {}
        self._named: dict[str, list[Person]] = {}
        self._persian = language == "fa" and rng.random() < 0.75
        self._press = material.pick("publisher", rng).split(" | ")

    def value(self, field: str, form: str, join: str) -> Piece | None:
        """The labelled text of a template's slot."""
        if field in {"author", "editor", "translator", "again"}:
            return field, self._names("author" if field == "again" else field, form, join)
        if field not in self._known or field in {"page", "pages"}:
            text = getattr(self, f"_{field}", self._from_material(field))()
            self._known[field] = text
        text = self._known[field]
        return (field, text) if text else None

    def _from_material(self, field: str):  # type: ignore[no-untyped-def]
        return lambda: self._material.pick(field, self._rng) if self._material.sections.get(field) else ""

    def _names(self, field: str, form: str, join: str) -> str:
        if form == "org":
            return self._material.pick("org", self._rng)
        people = self._named.get(field)
        if people is None:
            most = {"translator": 1, "editor": 3}.get(field, 4 if self._language != "en" else 6)
            count = min(most, self._rng.choice((1, 1, 1, 2, 2, 3, 4, 6)))
            people = [self._person() for _ in range(count)]
            self._named[field] = people
        return run(people, form, join, self._rng)

    def _person(self) -> Person:
        person = self._rng.choice(self._people)
        return person if self._language in {"ru", "fa"} else with_particle(person, self._rng)

    def _title(self) -> str:
        sections = self._material.sections
        if self._iranian and self._rng.random() < 0.6:
            return self._material.pick("pattern", self._rng)
        return self._rng.choice(sections["title"]) if sections["title"] else self._material.pick("pattern", self._rng)

    def _subtitle(self) -> str:
        return self._material.pick("sub", self._rng) if self._material.sections["sub"] else self._title()

    def _book(self) -> str:
        books = self._material.sections["booktitle"]
        return self._rng.choice(books) if books and self._rng.random() < 0.6 else self._title()

    def _container(self) -> str:
        return self._material.pick("site" if self._kind == "web" else "journal", self._rng)

    def _conference(self) -> str:
        return self._material.pick("event", self._rng)

    def _publisher(self) -> str:
        if self._kind == "thesis" and self._language == "de":
            return "Universität " + self._rng.choice(("Bielefeld", "Köln", "Bremen", "Mannheim", "Wien", "Zürich"))
        return self._press[0]

    def _place(self) -> str:
        return self._press[1]

    def _year(self) -> str:
        if self._language == "fa":
            return self._digits(self._rng.randint(1340, 1403))
        year = self._rng.choice((self._rng.randint(1880, 2025), self._rng.randint(1970, 2025)))
        suffix = self._rng.choice("abc") if self._rng.random() < 0.05 else ""
        return f"{year}{suffix}"

    def _date(self) -> str:
        if self._rng.random() < 0.4:
            return self._year()
        return self._rng.choice((f"{self._month()} {self._year()}", f"{self._day()} {self._month()} {self._year()}"))

    def _month(self) -> str:
        month = self._rng.choice(_MONTHS.get(self._language, _MONTHS["fr"]))
        return month[:3] if self._language == "en" and self._rng.random() < 0.3 else month

    def _day(self) -> str:
        return str(self._rng.randint(1, 31))

    def _season(self) -> str:
        return self._rng.choice(("بهار", "تابستان", "پاییز", "زمستان"))

    def _volume(self) -> str:
        number = self._rng.choice((self._rng.randint(1, 60), self._rng.randint(1, 12), self._rng.randint(1, 400)))
        if self._language == "it" and self._rng.random() < 0.5:
            return self._rng.choice(("XII", "XLIV", "VII", "XXXI", "LXX", "CVI", "IX"))
        return self._digits(number)

    def _issue(self) -> str:
        first = self._rng.randint(1, 12)
        joined = f"{first}{self._rng.choice('/-')}{first + 1}"
        return joined if self._rng.random() < 0.08 and self._language != "fa" else self._digits(first)

    def _pages(self) -> str:
        first = self._rng.choice((self._rng.randint(1, 500), self._rng.randint(1, 2000)))
        last = first + self._rng.randint(1, 40)
        tail = str(last)
        if self._language in {"en", "de"} and self._rng.random() < 0.1 and first > 100:
            tail = tail[-2:]
        extra = self._rng.choice(("f.", "ff.", " ff.", " f.", "")) if self._language == "de" else ""
        if extra and self._rng.random() < 0.06:
            return f"{first}{extra}".removesuffix(".")
        return f"{self._digits(first)}-{self._digits(int(tail))}"

    def _page(self) -> str:
        return self._digits(self._rng.randint(1, 600))

    def _digits(self, number: int) -> str:
        text = str(number)
        return text.translate(_PERSIAN) if self._persian else text

    def _sno(self) -> str:
        return str(self._rng.randint(1, 250))

    def _doi(self) -> str:
        rng = self._rng
        journal = rng.choice(("jcep", "rego", "s10308", "j.", "qr", "socf", "zfsoz", "nature", "PhysRevD"))
        return f"10.{rng.randint(1000, 32000)}/{journal}{rng.choice('.-/')}{rng.randint(1990, 2025)}.{rng.randint(1, 99999)}"

    def _dor(self) -> str:
        rng = self._rng
        return f"20.1001.1.{rng.randint(10000000, 29999999)}.{rng.randint(1385, 1402)}.{rng.randint(1, 20)}.{rng.randint(1, 4)}.{rng.randint(1, 9)}.{rng.randint(1, 9)}"

    def _arxiv(self) -> str:
        rng = self._rng
        old = f"{rng.choice(('hep-th', 'math', 'astro-ph', 'quant-ph', 'math.AG', 'cond-mat'))}/{rng.randint(9101001, 9912999)}"
        return rng.choice((old, f"{rng.randint(7, 24):02d}{rng.randint(1, 12):02d}.{rng.randint(1, 19999):05d}"))

    def _pmid(self) -> str:
        return str(self._rng.randint(7000000, 37000000))

    def _isbn(self) -> str:
        return f"978-{self._rng.randint(0, 9)}-{self._rng.randint(10, 999)}-{self._rng.randint(10000, 99999)}-{self._rng.randint(0, 9)}"

    def _number(self) -> str:
        rng = self._rng
        return rng.choice(
            (
                f"TR-{rng.randint(10, 999)}",
                f"{rng.randint(80, 99)}-{rng.randint(1, 40):02d}",
                str(rng.randint(1, 20000)),
            )
        )

    def _url(self) -> str:
        rng = self._rng
        host = rng.choice(("www.", "", "data.", "iran.")) + rng.choice(
            ("worldbank", "spiegel", "bbc", "sipri", "carnegie", "majlis", "destatis", "kremlin", "cyberleninka", "mid")
        )
        tail = rng.choice(
            (
                "",
                "/",
                "/index.html",
                f"/news/{rng.randint(1, 99999)}",
                "/en/reports/2019/05/strategy.pdf",
                f"/article/view/{rng.randint(1, 999)}?lang=en",
            )
        )
        return (
            rng.choice(("https://", "http://", "http://", ""))
            + host.replace("www.", "www.")
            + rng.choice((".com", ".org", ".ir", ".de", ".ru"))
            + tail
            if host.startswith("www.")
            else f"https://{host}.org{tail}"
        )

    def _accessed(self) -> str:
        rng = self._rng
        day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1999, 2025)
        if self._language == "fa":
            return f"{self._digits(rng.randint(1390, 1403))}/{self._digits(month)}/{self._digits(day)}"
        name = _MONTHS.get(self._language, _MONTHS["fr"])[month - 1]
        forms = [f"{day:02d}.{month:02d}.{year}", f"{day}.{month}.{year}"]
        if self._language == "en":
            forms = [
                f"{day} {name} {year}",
                f"{name} {day}, {year}",
                f"{day}/{month}/{year}",
                f"{year}-{month:02d}-{day:02d}",
            ]
        elif self._language != "ru":
            forms.append(f"{day}. {name} {year}")
        return rng.choice(forms)
