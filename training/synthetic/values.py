"""The values of one made-up work."""

import random
import re
from collections.abc import Callable

from training.synthetic.material import Material
from training.synthetic.people import Person, run, with_particle
from training.synthetic.templates import Piece

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_HOSTS = "worldbank spiegel bbc sipri carnegie majlis destatis kremlin cyberleninka mid nytimes bpb gesis who".split()
_UNDATED = {"en": ("n.d.", "in press", "forthcoming"), "de": ("o. J.", "i. E.", "im Druck", "o.J.")}
_UNDATED |= {"fr": ("s.d.", "à paraître"), "it": ("s.d.", "s.a.", "in corso di stampa"), "ru": ("б. г.",)}
_SAME = {"de": ("ders.", "ders.", "dies.", "Ders.", "Dies.")}
_REGIONS = ("Minnesota", "Germany", "Canada", "USA", "UK", "Massachusetts", "The Netherlands", "Spain", "Florida")
_NUMERALS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """14 as XIV; up to 89."""
    text = ""
    for value, numeral in _NUMERALS:
        text += numeral * (number // value)
        number %= value
    return text


def genitive(family: str) -> str:
    """A Russian family name as it stands after "под ред."; other names as they are."""
    if family.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return family + "а"
    return re.sub("ий$", "ого", family)


class Values:
    """The values of one made-up work; a field has the same value wherever it occurs."""

    def __init__(self, language: str, kind: str, material: Material, iranian: list[Person], rng: random.Random) -> None:
        self._language, self._kind, self._material, self._rng = language, kind, material, rng
        self._iranian = kind == "iranian"
        self._people = iranian if self._iranian else material.people
        self._known: dict[str, str] = {}
        self._named: dict[str, list[Person]] = {}
        self._persian = language == "fa" and rng.random() < 0.75
        iranian_press = self._iranian and rng.random() < 0.6
        self._press = material.pick("publisher_iranian" if iranian_press else "publisher", rng).split(" | ")

    def value(self, field: str, form: str, join: str) -> Piece | None:
        """The labelled text of a template's slot."""
        if field in {"lead", "see"}:
            leads = self._material.sections.get(field)
            return None, self._rng.choice(leads) + " " if leads and self._rng.random() < 0.35 else ""
        if field in {"author", "editor", "translator", "again"}:
            return field, self._names("author" if field == "again" else field, form, join)
        if field not in self._known or field in {"page", "pages", "art", "svol", "here", "on"}:
            text = getattr(self, f"_{field}", self._from_material(field))()
            self._known[field] = text
        text = self._known[field]
        return (field, text) if text else None

    def _from_material(self, field: str) -> Callable[[], str]:
        return lambda: self._material.pick(field, self._rng) if self._material.sections.get(field) else ""

    def _names(self, field: str, form: str, join: str) -> str:
        if form == "org":
            return self._material.pick("org", self._rng)
        people = self.people(field)
        if self._language == "ru" and field in {"editor", "translator"}:
            people = [(given, genitive(family)) for given, family in people]
        return run(people, form, join, self._rng)

    def text(self, field: str) -> str:
        """The value of a field that is no name."""
        piece = self.value(field, "", "")
        return piece[1] if piece else ""

    def people(self, field: str) -> list[Person]:
        """The people of a role."""
        people = self._named.get(field)
        if people is None:
            most = {"translator": 1, "editor": 3}.get(field, 4 if self._language != "en" else 6)
            count = min(most, self._rng.choice((1, 1, 1, 2, 2, 3, 4, 6)))
            people = [self._person() for _ in range(count)]
            self._named[field] = people
        return people

    def _person(self) -> Person:
        person = self._rng.choice(self._people)
        return person if self._language in {"ru", "fa"} else with_particle(person, self._rng)

    def _title(self) -> str:
        titles = self._material.sections["title"]
        if not titles or self._rng.random() >= (0.4 if self._iranian else self._material.listed):
            title = self._material.pick("pattern", self._rng)
        else:
            title = self._rng.choice(titles)
        return self._varied(title) if self._rng.random() < 0.17 else title

    def _varied(self, title: str) -> str:
        """The title with something before or behind it that titles often have."""
        before, after = self._material.sections.get("before"), self._material.sections.get("after")
        if before and self._rng.random() < 0.35:
            return self._material.pick("before", self._rng) + title
        return title.rstrip(".?!") + self._material.pick("after", self._rng) if after else title

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
        if self._rng.random() > 0.08:
            region = self._language == "en" and "," not in self._press[1] and self._rng.random() < 0.06
            return f"{self._press[1]}, {self._rng.choice(_REGIONS)}" if region else self._press[1]
        other = self._material.pick("publisher", self._rng).split(" | ")[1]
        joins = (" ; ", "; ") if self._language == "ru" else ("/", "–", "-", ", ", " / ", " and ", "; ", " & ")
        return self._press[1] + self._rng.choice(joins) + other if other != self._press[1] else other

    def _year(self) -> str:
        if self._language == "fa":
            return self._digits(self._rng.randint(1340, 1403))
        year = self._rng.choice((self._rng.randint(1880, 2025), self._rng.randint(1970, 2025)))
        chance = self._rng.random()
        if chance < 0.02 and self._language in _UNDATED:
            return self._rng.choice(_UNDATED[self._language])
        return f"{year}{self._rng.choice('abc')}" if chance > 0.95 else str(year)

    def _date(self) -> str:
        if self._rng.random() < 0.4:
            return self._year()
        if self._language in {"de", "ru", "it"} and self._rng.random() < 0.55:
            return self._numeric()
        if self._language in {"it", "fr", "es"} and self._rng.random() < 0.2:
            return f"{self._month()}-{self._month()} {self._year()}"
        if self._language == "en" and self._rng.random() < 0.3:
            return f"{self._month()} {self._day()}, {self._year()}"
        return self._rng.choice((f"{self._month()} {self._year()}", f"{self._day()} {self._month()} {self._year()}"))

    def _on(self) -> str:
        return self._numeric()

    def _numeric(self) -> str:
        day, month, year = self._rng.randint(1, 31), self._rng.randint(1, 12), self._rng.randint(1950, 2024)
        return self._rng.choice(
            (
                f"{day}.{month}.{year}",
                f"{day:02d}.{month:02d}.{year}",
                f"{day}. {month}. {year}",
                f"{day}.{month}.{year % 100:02d}",
            )
        )

    def _month(self) -> str:
        month = self._rng.choice(_MONTHS.get(self._language, _MONTHS["fr"]))
        return month[:3] if self._language == "en" and self._rng.random() < 0.3 else month

    def _day(self) -> str:
        return str(self._rng.randint(1, 31))

    def _season(self) -> str:
        return self._rng.choice(("بهار", "تابستان", "پاییز", "زمستان"))

    def _volume(self) -> str:
        number = self._rng.choice((self._rng.randint(1, 60), self._rng.randint(1, 12), self._rng.randint(1, 400)))
        if self._rng.random() < {"it": 0.5, "fr": 0.2, "es": 0.15, "de": 0.06}.get(self._language, 0.01):
            return self._roman()
        if self._language == "de" and self._rng.random() < 0.02:
            return f"{self._rng.choice(('I', 'II', '3', '4'))}/{self._rng.randint(1, 4)}"
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
        if self._language == "en" and self._rng.random() < 0.02:
            return self._rng.choice((f"S{first}-S{last}", f"e{first}", f"{first}-e{last}", f"{first}A"))
        return f"{self._digits(first)}-{self._digits(tail)}"

    def _one(self) -> str:
        return self._rng.choice(("I", "I", "I", "II"))

    def _iso(self) -> str:
        return f"{self._rng.randint(1970, 2022)}-{self._rng.randint(1, 12):02d}-01"

    def _vols(self) -> str:
        return self._rng.choice(("1 and 2", "I and II", "1-3", "I-III", "1, 2", "1–2"))

    def _drs(self) -> str:
        return f"{self._rng.randint(1, 20)}/{self._rng.randint(10, 14999)}"

    def _roman(self) -> str:
        return self._rng.choice(("C", "CX", "")) * (self._language == "it" and self._rng.random() < 0.2) + roman(
            self._rng.choice((self._rng.randint(1, 12), self._rng.randint(1, 80)))
        )

    def _svol(self) -> str:
        return (
            self._roman() if self._rng.random() < 0.08 else str(self._rng.randint(1, self._rng.choice((40, 400, 2000))))
        )

    def _art(self) -> str:
        """A page of a journal of physics: with a letter, or an article number."""
        rng = self._rng
        number = rng.randint(1, 999)
        return rng.choice(
            (
                f"A{number}",
                f"L{number}",
                f"{rng.choice('BCDRS')}{number}",
                f"{rng.randint(0, 299999):06d}",
                str(rng.randint(1, 9999)),
                str(rng.randint(1, 9999)),
                f"{number}-{number + 9}",
            )
        )

    def _rpages(self) -> str:
        first = self._rng.randint(1, 30)
        return f"{roman(first)}-{roman(first + self._rng.randint(2, 20))}"

    def _docket(self) -> str:
        rng = self._rng
        number, year = rng.randint(1, 999), rng.randint(50, 99) if rng.random() < 0.4 else rng.randint(0, 24)
        court = rng.choice(("ZR", "ZB", "StR", "U", "C", "K", "BvR", "BvL", "BvF", "AZR", "R", "S", "L", "B"))
        chamber = rng.choice((roman(rng.randint(1, 12)), str(rng.randint(1, 9))))
        return rng.choice(
            (f"{chamber} {court} {number}/{year:02d}", f"C-{number}/{year:02d}", f"Rs. C-{number}/{year:02d}")
        )

    def _page(self) -> str:
        return self._digits(self._rng.randint(1, 600))

    def _digits(self, number: int | str) -> str:
        text = str(number)
        return text.translate(_PERSIAN) if self._persian else text

    def _here(self) -> str:
        return self._page()

    def _same(self) -> str:
        return self._rng.choice(_SAME.get(self._language, ("Id.", "ID.", "Idem", "IDEM", "Ead.")))

    _idem = _same

    def _code(self) -> str:
        rng = self._rng
        return f"{rng.randint(1, 25):02d}.{rng.randint(0, 23):02d}.{rng.randint(1, 26):02d}"

    def _lawnumber(self) -> str:
        return f"{self._rng.randint(1, 480)}{self._rng.choice(('-ФЗ', '-ФЗ', '-П', '', '-В98', '-р', '-О'))}"

    def _shelf(self) -> str:
        return re.sub("#", lambda _: str(self._rng.randint(1, 300)), self._material.pick("shelf", self._rng))

    def _sno(self) -> str:
        return str(self._rng.randint(1, 250))

    def _doi(self) -> str:
        rng = self._rng
        journal = rng.choice(("jcep", "rego", "s10308", "j.", "qr", "socf", "zfsoz", "nature", "PhysRevD"))
        tail = f"{rng.choice('.-/')}{rng.randint(1990, 2025)}.{rng.randint(1, 99999)}"
        return f"10.{rng.randint(1000, 32000)}/{journal}{tail}"

    def _dor(self) -> str:
        rng = self._rng
        parts = (rng.randint(10**7, 3 * 10**7), rng.randint(1385, 1402), *(rng.randint(1, 20) for _ in range(4)))
        return "20.1001.1." + ".".join(map(str, parts))

    def _arxiv(self) -> str:
        rng = self._rng
        archive = rng.choice(("hep-th", "math", "astro-ph", "quant-ph", "math.AG", "cond-mat", "hep-ph", "gr-qc"))
        month = f"{rng.randint(7, 24):02d}{rng.randint(1, 12):02d}"
        return rng.choice((f"{archive}/{rng.randint(9101001, 9912999)}", f"{month}.{rng.randint(1, 19999):05d}"))

    def _pmid(self) -> str:
        return str(self._rng.randint(7000000, 37000000))

    def _isbn(self) -> str:
        rng = self._rng
        return f"978-{rng.randint(0, 9)}-{rng.randint(10, 999)}-{rng.randint(10000, 99999)}-{rng.randint(0, 9)}"

    def _number(self) -> str:
        rng = self._rng
        short = f"{rng.randint(80, 99)}-{rng.randint(1, 40):02d}"
        return rng.choice((f"TR-{rng.randint(10, 999)}", short, str(rng.randint(1, 20000))))

    def _url(self) -> str:
        rng = self._rng
        host = rng.choice(_HOSTS) + rng.choice((".com", ".org", ".ir", ".de", ".ru", ".gov", ".ac.uk"))
        start = rng.choice(("https://www.", "http://www.", "https://", "http://", "www."))
        number = rng.randint(1, 99999)
        tails = ("", "/", "/index.html", f"/news/{number}", f"/article/view/{number}?lang=en", f"/en/{number}/a-b.pdf")
        return start + host + rng.choice(tails)

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
