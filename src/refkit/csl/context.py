"""What rendering works on: the item, the cite that mentions it, and the running state of one rendering."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from refkit.csl.dates import Date, read_date
from refkit.csl.people import Person, read_people

# Short forms have names of their own, and older ones that some programs still write.
_SHORT = {
    "title": ("title-short", "shortTitle"),
    "container-title": ("container-title-short", "journalAbbreviation"),
}
_ALIASES = {"title-short": "shortTitle", "container-title-short": "journalAbbreviation"}


class Item:
    """A CSL-JSON item, read-only, with its names and dates read once."""

    __slots__ = ("_dates", "_known", "_people", "_values", "data", "english", "id", "type")

    def __init__(self, data: Mapping[str, Any], default_language: str = "en") -> None:
        self.data = data
        self.id = str(data.get("id", ""))
        self.type = str(data.get("type", ""))
        language = str(data.get("language") or default_language)
        self.english = language[:2].lower() == "en" and not language[2:3].isalpha()
        self._people: dict[str, tuple[Person, ...]] = {}
        self._dates: dict[str, Date | None] = {}
        self._values: dict[str, str] = {}
        self._known: dict[str, bool] = {}

    def get(self, variable: str) -> str:
        """A text or number variable, empty when the item has none."""
        try:
            return self._values[variable]
        except KeyError:
            value = self._values[variable] = self._read(variable)
            return value

    def _read(self, variable: str) -> str:
        value = self.data.get(variable)
        if value is None and variable in _ALIASES:
            value = self.data.get(_ALIASES[variable])
        if value is None or isinstance(value, (bool, dict, list)):
            return ""
        return str(value).strip(" \t\n")

    def short(self, variable: str) -> str:
        """The short form of a variable, else the variable itself."""
        for name in _SHORT.get(variable, (f"{variable}-short",)):
            value = self.get(name)
            if value:
                return value
        return self.get(variable)

    def people(self, variable: str) -> tuple[Person, ...]:
        """A name variable."""
        found = self._people.get(variable)
        if found is None:
            found = self._people[variable] = read_people(self.data.get(variable))
        return found

    def date(self, variable: str) -> Date | None:
        """A date variable; None when it is missing or empty."""
        if variable not in self._dates:
            self._dates[variable] = read_date(self.data.get(variable))
        return self._dates[variable]

    def has(self, variable: str) -> bool:
        """Whether the item has a value for a variable of any kind."""
        try:
            return self._known[variable]
        except KeyError:
            known = self._known[variable] = self._has(variable)
            return known

    def _has(self, variable: str) -> bool:
        value = self.data.get(variable)
        if isinstance(value, list):
            return bool(self.people(variable))
        if isinstance(value, dict):
            return self.date(variable) is not None
        return bool(self.get(variable))


def citation_label(item: Item) -> str:
    """The item's own citation-label, else one of names and year such as "Doe00" or "DoRo00"."""
    given = item.get("citation-label")
    if given:
        return given
    people = next((people for name in ("author", "editor", "translator") if (people := item.people(name))), ())
    width = {1: 4, 2: 2, 3: 2}.get(len(people), 1)
    letters = "".join(_letters(person)[:width] for person in people[:4])
    date = item.date("issued")
    year = f"{date.start.year % 100:02d}" if date and date.start else ""
    return letters + year


def _letters(person: Person) -> str:
    return (person.family or person.literal).replace(" ", "")


class Cite(NamedTuple):
    """One mention of an item. `position` is "first", "subsequent", "ibid", "ibid-with-locator"; `near` says whether an
    earlier mention stands in a near note; `first_note` is the number of the note that mentions the item first."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    position: str = "first"
    near: bool = False
    first_note: int = 0
    note: int = 0


class Marks:
    """What the whole document decides about an item: its number, year suffix and how it is told from others."""

    __slots__ = ("disambiguate", "levels", "levels_first_only", "names_shown", "number", "suffix")

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.suffix = ""
        self.names_shown = 0
        self.levels: Mapping[Person, int] | None = None
        self.levels_first_only = False
        self.disambiguate = 0


class NameLog(NamedTuple):
    """A list of names that was rendered: all its people, how many were shown, how given names are made initials."""

    people: tuple[Person, ...]
    shown: int
    initialize_with: str | None


class Context:
    """The state of one rendering of one item. `called` and `rendered` count variables, so that a group can see
    whether all variables in it were empty."""

    __slots__ = (
        "author_hidden",
        "called",
        "cite",
        "comparing",
        "in_bibliography",
        "is_subsequent",
        "item",
        "levels",
        "levels_first_only",
        "marks",
        "name_count",
        "name_log",
        "names_shown",
        "rendered",
        "sort_names",
        "sorting",
        "substituting",
        "suffix_done",
        "suppressed",
        "tests",
    )

    def __init__(self, item: Item, marks: Marks, cite: Cite | None = None, in_bibliography: bool = False) -> None:
        self.item = item
        self.marks = marks
        self.cite = cite
        self.in_bibliography = in_bibliography
        self.is_subsequent = cite is not None and cite.position != "first"
        self.called = 0
        self.rendered = 0
        self.name_count = 0
        self.suppressed: set[str] = set()
        self.substituting = False
        self.names_shown = marks.names_shown
        self.levels = marks.levels
        self.levels_first_only = marks.levels_first_only
        self.sorting = False
        self.sort_names: tuple[int, int] | None = None
        self.suffix_done = False
        self.tests = 0
        self.comparing = False
        self.name_log: list[NameLog] | None = None
        self.author_hidden = cite is not None and cite.suppress_author

    def given_level(self, person: Person, index: int) -> int:
        """How much of a given name disambiguation adds: 0 nothing, 1 initials, 2 all of it."""
        if self.levels is None or (self.levels_first_only and index):
            return 0
        return self.levels.get(person, 0)

    def is_ambiguous(self) -> bool:
        """The style's test for ambiguous cites; of several tests one more is true in each round of disambiguation."""
        self.tests += 1
        return self.tests <= self.marks.disambiguate

    def value(self, variable: str) -> str:
        """A text or number variable, those of the cite and of the document too."""
        if variable == "locator":
            return self.cite.locator.strip() if self.cite else ""
        if variable == "citation-number":
            return str(self.marks.number) if self.marks.number else ""
        if variable == "year-suffix":
            return self.marks.suffix
        if variable == "citation-label":
            return citation_label(self.item) + self.marks.suffix
        if variable == "first-reference-note-number":
            return str(self.cite.first_note) if self.cite and self.cite.first_note else ""
        return self.item.get(variable)

    def note_call(self, variable: str, rendered: bool) -> None:
        """Record that a variable was asked for, and whether it gave output."""
        self.called += 1
        if rendered:
            self.rendered += 1
            if self.substituting:
                self.suppressed.add(variable)
