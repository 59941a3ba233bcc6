"""Joining the cites of a citation: delimiters, cite groups, collapsed numbers, years and year suffixes
(CSL 1.0.2, "Citation-specific options")."""

from collections.abc import Callable
from typing import NamedTuple

from refkit.csl.context import Cite
from refkit.csl.names import NAMES
from refkit.csl.richtext import rich
from refkit.csl.style import Layout
from refkit.csl.tree import Node, Piece, find, plain

# Renders a cite; True leaves the author out.
RenderCite = Callable[[Cite, bool], Node]
_LEAST_RANGE = 3
_PUNCTUATION = tuple(",.;:!?")


class Shown:
    """A rendered cite and what collapsing needs to know of it: its number, its names, its year without the suffix."""

    __slots__ = ("cite", "hidden", "names", "node", "number", "suffix", "year")

    def __init__(self, cite: Cite, node: Node, number: int, suffix: str) -> None:
        self.cite = cite
        self.node = node
        self.number = number
        self.suffix = suffix
        self.names = ""
        self.year = ""
        self.hidden: Node | None = None

    @property
    def bare(self) -> bool:
        """Whether nothing but the item itself is cited: no locator."""
        return not self.cite.locator


class _Delimiters(NamedTuple):
    layout: str
    group: str
    after: str | None
    suffix: str

    @classmethod
    def of(cls, layout: Layout, note: bool) -> "_Delimiters":
        get = layout.options.get
        plain_delimiter = layout.format.delimiter
        after = get("after-collapse-delimiter")
        group = get("cite-group-delimiter")
        default = plain_delimiter if note or after is not None else ", "
        return cls(
            plain_delimiter,
            default if group is None else group,
            after,
            get("year-suffix-delimiter", plain_delimiter if group is None else group),
        )


def describe(shown: Shown, render: RenderCite) -> Shown:
    """Fill in the names of a cite, and its year as it stands without names."""
    names = find(shown.node, NAMES)
    shown.names = plain(names) if names else ""
    rest = shown.node
    if shown.names:
        rest = shown.hidden = render(shown.cite, True)
    suffix = find(rest, "year-suffix")
    text = plain(rest)
    shown.year = text.replace(plain(suffix), "", 1) if suffix else text
    return shown


def join_cites(cites: list[Shown], render: RenderCite, layout: Layout, note: bool) -> list[Piece]:
    """The cites of one citation with what stands between them."""
    delimiters = _Delimiters.of(layout, note)
    collapse = layout.options.get("collapse", "")
    if collapse == "citation-number":
        return _numbers(cites, delimiters)
    if not collapse and "cite-group-delimiter" not in layout.options:
        return _plain_list(cites, delimiters.layout)
    groups = _grouped([describe(shown, render) for shown in cites], bool(layout.sort))
    out: list[Piece] = []
    for index, group in enumerate(groups):
        out += _group(group, collapse, delimiters)
        if index < len(groups) - 1:
            collapsed = len(group) > 1 or collapse == "year"
            out.append(delimiters.after if collapsed and delimiters.after is not None else delimiters.layout)
    return out


def _plain_list(cites: list[Shown], delimiter: str) -> list[Piece]:
    out: list[Piece] = []
    for index, shown in enumerate(cites):
        if index:
            out.append(_between(cites[index - 1].cite, shown.cite, delimiter))
        out.append(affixed(shown.node, shown.cite))
    return out


def _between(before: Cite, after: Cite, delimiter: str) -> str:
    """The delimiter, unless what the writer put there brings its own punctuation."""
    if after.prefix[:1] in _PUNCTUATION:
        return ""
    return " " if before.suffix[-1:] in _PUNCTUATION and delimiter else delimiter


def _grouped(cites: list[Shown], together: bool) -> list[list[Shown]]:
    """Cites by the same names in one group: neighbours, or all where the style sorts them."""
    groups: list[list[Shown]] = []
    by_names: dict[str, list[Shown]] = {}
    for shown in cites:
        group = by_names.get(shown.names)
        if group is not None and (together or groups[-1] is group):
            group.append(shown)
            continue
        groups.append([shown])
        by_names[shown.names] = groups[-1]
    return groups


def _group(group: list[Shown], collapse: str, delimiters: _Delimiters) -> list[Piece]:
    """One group: the names once, where years collapse; the year once, where year suffixes do."""
    out: list[Piece] = [affixed(group[0].node, group[0].cite)]
    index = 1
    while index < len(group):
        before = group[index - 1]
        out.append(delimiters.after if before.cite.locator and delimiters.after is not None else delimiters.group)
        if collapse.startswith("year-suffix"):
            run = _suffix_run(group, index - 1)
            if len(run) > 1:
                out.pop()
                out += _suffixes(run, collapse, delimiters)
                index += len(run) - 1
                continue
        shown = group[index]
        out.append(affixed(shown.hidden if collapse and shown.hidden else shown.node, shown.cite))
        index += 1
    return out


def _suffix_run(group: list[Shown], start: int) -> list[Shown]:
    """The cites from `start` on that differ in nothing but their year suffix."""
    first = group[start]
    end = start + 1
    if first.suffix and first.bare:
        while end < len(group) and group[end].suffix and group[end].bare and group[end].year == first.year:
            end += 1
    return group[start:end]


def _suffixes(run: list[Shown], collapse: str, delimiters: _Delimiters) -> list[Piece]:
    """The suffixes after the first of a run, which is shown already: "b, c", or "–c" in a range."""
    out: list[Piece] = []
    index = 0
    while index < len(run):
        end = index
        while end + 1 < len(run) and ord(run[end + 1].suffix[-1]) == ord(run[end].suffix[-1]) + 1:
            end += 1
        if not collapse.endswith("ranged") or end - index + 1 < _LEAST_RANGE:
            end = index
        if index:
            out += [delimiters.suffix, run[index].suffix]
        if end > index:
            out += ["–", run[end].suffix]
        index = end + 1
    return out


def _numbers(cites: list[Shown], delimiters: _Delimiters) -> list[Piece]:
    """Consecutive citation numbers as ranges."""
    out: list[Piece] = []
    index = 0
    collapsed = False
    while index < len(cites):
        end = index
        while end + 1 < len(cites) and _follows(cites[end], cites[end + 1]):
            end += 1
        if end - index + 1 < _LEAST_RANGE:
            end = index
        if out:
            after = delimiters.after if collapsed and delimiters.after is not None else delimiters.layout
            out.append(after)
        out.append(affixed(cites[index].node, cites[index].cite))
        collapsed = end > index
        if collapsed:
            out += ["–", affixed(cites[end].node, cites[end].cite)]
        index = end + 1
    return out


def _is_number(shown: Shown) -> bool:
    """Whether the cite shows nothing but its number: no locator, or one that the style leaves out."""
    if shown.bare:
        return True
    return "".join(letter for letter in plain(shown.node) if letter.isalnum()) == str(shown.number)


def _follows(one: Shown, other: Shown) -> bool:
    joined = _is_number(one) and _is_number(other) and not one.cite.suffix and not other.cite.prefix
    return joined and other.number == one.number + 1


def affixed(node: Node, cite: Cite) -> Piece:
    """A cite between what the writer put before and after it."""
    kids: list[Piece] = []
    if cite.prefix:
        kids += [rich(cite.prefix), " " if cite.prefix[-1:].isalnum() else ""]
    kids.append(node)
    if cite.suffix:
        kids += [" " if cite.suffix[:1].isalnum() else "", rich(cite.suffix)]
    return Node(kids) if len(kids) > 1 else node
