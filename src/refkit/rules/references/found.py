"""What a scan finds in a reference, as values; positions are those of `Reference.text`."""

from typing import NamedTuple


class Link(NamedTuple):
    """A URL `text[start:end]`; `raw_end` is the end of what is glued to it."""

    start: int
    end: int
    raw_end: int


class Code(NamedTuple):
    """A DOI, DOR or what stands for one: label `text[label:start]`, code `text[start:end]`, glued text to `raw_end`.

    `kind` is "doi", "dor" or "other"; `outer` the opening bracket, or the label when there is none.
    """

    outer: int
    label: int
    start: int
    end: int
    raw_end: int
    kind: str
    bracketed: bool


class Number(NamedTuple):
    """A number behind a label: kind volume, issue or pages; the label `text[start:word_end]`, then stop and blank."""

    kind: str
    start: int
    word_end: int
    stop: str
    blank: str
    number: int
    end: int
    exact: bool


class Printed(NamedTuple):
    """A date as printed at `text[start:end]`; `numeric` when in figures only."""

    start: int
    end: int
    numeric: bool


class Access(NamedTuple):
    """An access note: its words `text[start:words_end]`, its date, and its bracket's position or -1."""

    start: int
    words_end: int
    colon: str
    date: Printed
    bracket: int


class Issued(NamedTuple):
    """The parenthesis with the year behind the authors."""

    start: int
    end: int
    year: str
    letter: str
    rest: str


class Label(NamedTuple):
    """The words before a link, such as "Available at", and the word the first one was meant to be."""

    start: int
    end: int
    colon: str
    meant: str
