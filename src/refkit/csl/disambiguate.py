"""Telling cites apart (CSL 1.0.2, "Disambiguation"): more names, given names, a condition, year suffixes.

Cites that look the same are put into buckets; only the members of a bucket are ever compared.
"""

from collections import defaultdict
from collections.abc import Iterable

from refkit.csl.context import Cite, Context, Item, Marks
from refkit.csl.people import Person, initials
from refkit.csl.style import Layout, Style
from refkit.csl.tree import Piece, plain

Buckets = list[list[Item]]


def disambiguate(style: Style, items: list[Item], marks: dict[str, Marks]) -> None:
    """Set in `marks` what each item needs; `items` are in the order of the bibliography."""
    layout = style.citation
    given, names = layout.flag("disambiguate-add-givenname"), layout.flag("disambiguate-add-names")
    suffix = layout.flag("disambiguate-add-year-suffix")
    if not (given or names or suffix or layout.tests_disambiguate):
        return
    worker = _Worker(layout, marks)
    rule = layout.options.get("givenname-disambiguation-rule", "by-cite")
    if given and rule != "by-cite":
        worker.global_names(items, rule)
    buckets = worker.ambiguous(items)
    if names:
        buckets = worker.add_names(buckets, given and rule == "by-cite")
    if given and rule == "by-cite":
        buckets = worker.add_given(buckets)
    if layout.tests_disambiguate:
        buckets = worker.try_condition(buckets)
    if suffix:
        worker.year_suffixes(buckets, {item.id: index for index, item in enumerate(items)})


class _Worker:
    def __init__(self, layout: Layout, marks: dict[str, Marks]) -> None:
        self.layout = layout
        self.marks = marks

    def key(self, item: Item) -> str:
        """The item's cite as text."""
        context = Context(item, self.marks[item.id], Cite(item.id))
        kids: list[Piece] = []
        self.layout.emit(context, kids)
        return "".join(plain(kid) for kid in kids)

    def buckets(self, items: Iterable[Item]) -> Buckets:
        """Items grouped by what their cites look like."""
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            groups[self.key(item)].append(item)
        return list(groups.values())

    def ambiguous(self, items: Iterable[Item]) -> Buckets:
        """Only the groups of more than one."""
        return [bucket for bucket in self.buckets(items) if len(bucket) > 1]

    def people(self, item: Item) -> list[tuple[Person, int]]:
        """The names that the item's cite shows or could show, with their place in their list."""
        context = Context(item, self.marks[item.id], Cite(item.id))
        context.person_log = []
        self.layout.emit(context, [])
        return context.person_log

    def options_of(self, item: Item) -> str | None:
        """The mark behind initials, None when given names are shown in full."""
        context = Context(item, self.marks[item.id], Cite(item.id))
        context.person_log = []
        self.layout.emit(context, [])
        return context.initialize_with

    def global_names(self, items: list[Item], rule: str) -> None:
        """Rules all-names and primary-name: each name that shares its family with another one is expanded."""
        first_only = rule.startswith("primary-name")
        people: dict[str, list[Person]] = defaultdict(list)
        mark: str | None = None
        for item in items:
            for person, index in self.people(item):
                if (not first_only or index == 0) and person not in people[person.key]:
                    people[person.key].append(person)
            mark = self.options_of(item) if mark is None else mark
        levels: dict[Person, int] = {}
        for namesakes in people.values():
            if len(namesakes) > 1:
                levels.update(_levels(namesakes, mark, rule.endswith("with-initials")))
        for each in self.marks.values():
            each.levels = levels
            each.levels_first_only = first_only

    def add_names(self, buckets: Buckets, with_given: bool) -> Buckets:
        """Show one name more at a time until cites differ or no names are left."""
        left: Buckets = []
        for bucket in buckets:
            left += self._add_names(bucket)
        return left

    def _add_names(self, bucket: list[Item]) -> Buckets:
        longest = max((len(people) for item in bucket for people in self._lists(item)), default=0)
        pending = [bucket]
        done: Buckets = []
        for count in range(2, longest + 1):
            following: Buckets = []
            for group in pending:
                before = {item.id: self.marks[item.id].names_shown for item in group}
                for item in group:
                    self.marks[item.id].names_shown = count
                parts = self.buckets(group)
                following += [part for part in parts if len(part) > 1]
                del before
            pending = following
            if not pending:
                break
        for group in pending:
            for item in group:
                self.marks[item.id].names_shown = self._useful(group, bucket)
            done.append(group)
        return done

    def _useful(self, group: list[Item], bucket: list[Item]) -> int:
        """The fewest names that still tell the group from the others of its bucket."""
        if len(group) == len(bucket):
            return 0
        return self.marks[group[0].id].names_shown

    def _lists(self, item: Item) -> list[tuple[Person, ...]]:
        return [item.people(name) for name in ("author", "editor", "translator") if item.people(name)][:1]

    def add_given(self, buckets: Buckets) -> Buckets:
        """Rule by-cite: expand given names, one name after the other, where that makes cites differ."""
        left: Buckets = []
        for bucket in buckets:
            left += self._add_given(bucket)
        return left

    def _add_given(self, bucket: list[Item]) -> Buckets:
        pending = [bucket]
        longest = max((len(self.people(item)) for item in bucket), default=0)
        for index in range(longest):
            for level in (1, 2):
                following: Buckets = []
                for group in pending:
                    following += self._expand(group, index, level)
                pending = following
        return pending

    def _expand(self, group: list[Item], index: int, level: int) -> Buckets:
        """Expand the name at `index`; taken back when it changes nothing."""
        before = {item.id: self.marks[item.id].levels for item in group}
        for item in group:
            people = self.people(item)
            if index < len(people):
                self.marks[item.id].levels = {**(before[item.id] or {}), people[index][0]: level}
        parts = self.buckets(group)
        if len(parts) == 1:
            for item in group:
                self.marks[item.id].levels = before[item.id]
            return [group]
        return [part for part in parts if len(part) > 1]

    def try_condition(self, buckets: Buckets) -> Buckets:
        """Let the style's own test for ambiguous cites be true."""
        left: Buckets = []
        for bucket in buckets:
            for item in bucket:
                self.marks[item.id].disambiguate = True
            left += [part for part in self.buckets(bucket) if len(part) > 1]
        return left

    def year_suffixes(self, buckets: Buckets, order: dict[str, int]) -> None:
        """Letters in the order of the bibliography."""
        for bucket in buckets:
            for index, item in enumerate(sorted(bucket, key=lambda item: order[item.id])):
                self.marks[item.id].suffix = letters(index)


def _levels(namesakes: list[Person], mark: str | None, only_initials: bool) -> dict[Person, int]:
    """How far each of several people of one family name must be expanded."""
    if mark is None:
        return dict.fromkeys(namesakes, 2)
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in namesakes:
        groups[initials(person.given, mark)].append(person)
    return {
        person: 1 if len(group) == 1 or only_initials else 2
        for group in groups.values()
        for person in group
        if len(groups) > 1 or not only_initials
    }


def letters(index: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa."""
    out = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        out = chr(ord("a") + rest) + out
    return out
