"""Telling cites apart (CSL 1.0.2, "Disambiguation"): more names, given names, a condition, year suffixes.

Cites that look the same are put into buckets; only the members of a bucket are ever compared.
"""

from collections import defaultdict
from collections.abc import Iterable

from refkit.csl.context import Cite, Context, Item, Marks, NameLog
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
    if names or (given and rule == "by-cite"):
        buckets = [part for bucket in buckets for part in worker.names(bucket, names, given and rule == "by-cite")]
    if layout.tests_disambiguate:
        buckets = [part for bucket in buckets for part in worker.try_condition(bucket)]
    if suffix:
        order = {item.id: index for index, item in enumerate(items)}
        for bucket in buckets:
            worker.year_suffixes(bucket, order)


class _Worker:
    """Renders cites of one layout over and over while it changes the marks."""

    def __init__(self, layout: Layout, marks: dict[str, Marks]) -> None:
        self.layout = layout
        self.marks = marks

    def key(self, item: Item) -> str:
        """The item's cite as text, in its later form, which is the shorter one."""
        kids: list[Piece] = []
        self.layout.emit(self.context(item), kids)
        return "".join(plain(kid) for kid in kids)

    def context(self, item: Item) -> Context:
        context = Context(item, self.marks[item.id], Cite(item.id, position="subsequent"))
        context.comparing = True
        return context

    def lists(self, item: Item) -> list[NameLog]:
        """The lists of names in the item's cite, each with how many names are shown."""
        context = self.context(item)
        context.name_log = []
        self.layout.emit(context, [])
        return context.name_log

    def split(self, items: Iterable[Item]) -> Buckets:
        """Items grouped by what their cites look like."""
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            groups[self.key(item)].append(item)
        return list(groups.values())

    def ambiguous(self, items: Iterable[Item]) -> Buckets:
        """Only the groups of more than one."""
        return [bucket for bucket in self.split(items) if len(bucket) > 1]

    def global_names(self, items: list[Item], rule: str) -> None:
        """Rules all-names and primary-name: each name that shares its family with another one is expanded."""
        first_only = rule.startswith("primary-name")
        people: dict[str, dict[Person, None]] = defaultdict(dict)
        mark: str | None = None
        for item in items:
            for log in self.lists(item):
                mark = log.initialize_with if mark is None else mark
                for person in log.people[:1] if first_only else log.people:
                    people[person.key][person] = None
        levels: dict[Person, int] = {}
        for namesakes in people.values():
            if len(namesakes) > 1:
                levels.update(_levels(list(namesakes), mark, rule.endswith("with-initials")))
        for each in self.marks.values():
            each.levels = levels
            each.levels_first_only = first_only

    def names(self, bucket: list[Item], add_names: bool, add_given: bool) -> Buckets:
        """Show more names, and more of the given names, as long as that makes cites differ; what is left ambiguous
        keeps what last told it from others."""
        pending = [bucket]
        if add_given:
            pending = [part for group in pending for part in self.given_names(group)]
        if not add_names:
            return pending
        lists = {item.id: self.lists(item) for item in bucket}
        longest = max((len(log[0].people) for log in lists.values() if log), default=0)
        for count in range(2, longest + 1):
            pending = [part for group in pending for part in self.one_more(group, count, lists, add_given)]
        return pending

    def one_more(self, group: list[Item], count: int, lists: dict[str, list[NameLog]], add_given: bool) -> Buckets:
        """Show `count` names; taken back when that tells nobody in the group apart."""
        if len({_visible(lists[item.id], count) for item in group}) == 1:
            return [group]
        before = {item.id: (self.marks[item.id].names_shown, self.marks[item.id].levels) for item in group}
        for item in group:
            self.marks[item.id].names_shown = count
        left = self.ambiguous(group)
        if add_given:
            left = [part for each in left for part in self.given_names(each)]
        if len(left) != 1 or len(left[0]) != len(group):
            return left
        for item in group:
            self.marks[item.id].names_shown, self.marks[item.id].levels = before[item.id]
        return [group]

    def given_names(self, group: list[Item]) -> Buckets:
        """Rule by-cite: expand given names, one name after the other, where that makes cites differ."""
        pending = [group]
        lists = {item.id: self.lists(item) for item in group}
        places = max((len(log) for log in lists.values()), default=0)
        for place in range(places):
            logs = [log[place] for log in lists.values() if len(log) > place]
            levels = (2,) if logs[0].initialize_with is None else (1, 2)
            for index in range(max(log.shown for log in logs)):
                for level in levels:
                    pending = [part for each in pending for part in self.expand(each, lists, (place, index), level)]
        return pending

    def expand(self, group: list[Item], lists: dict[str, list[NameLog]], where: tuple[int, int], level: int) -> Buckets:
        """Expand one name in all cites of the group; taken back when that tells nobody apart."""
        people = {item.id: _person(lists[item.id], where) for item in group}
        if len(set(people.values())) == 1:
            return [group]
        before = {item.id: self.marks[item.id].levels for item in group}
        for item in group:
            person = people[item.id]
            if person is not None:
                self.marks[item.id].levels = {**(before[item.id] or {}), person: level}
        parts = self.split(group)
        if len(parts) > 1:
            return [part for part in parts if len(part) > 1]
        for item in group:
            self.marks[item.id].levels = before[item.id]
        return [group]

    def try_condition(self, bucket: list[Item]) -> Buckets:
        """Let the style's own test for ambiguous cites be true."""
        pending = [bucket]
        for count in range(1, self.tests(bucket) + 1):
            following: Buckets = []
            for group in pending:
                for item in group:
                    self.marks[item.id].disambiguate = count
                following += self.ambiguous(group)
            pending = following
        return pending

    def tests(self, bucket: list[Item]) -> int:
        """How many of the style's tests for ambiguous cites are reached."""
        most = 0
        for item in bucket:
            context = self.context(item)
            self.layout.emit(context, [])
            most = max(most, context.tests)
        return most

    def year_suffixes(self, bucket: list[Item], order: dict[str, int]) -> None:
        """Letters in the order of the bibliography."""
        for index, item in enumerate(sorted(bucket, key=lambda item: order[item.id])):
            self.marks[item.id].suffix = letters(index)


def _visible(lists: list[NameLog], count: int) -> tuple[tuple[Person, ...], bool]:
    """The first `count` names of a cite, and whether there are more."""
    people = lists[0].people if lists else ()
    return people[:count], len(people) > count


def _person(lists: list[NameLog], where: tuple[int, int]) -> Person | None:
    place, index = where
    if len(lists) <= place or len(lists[place].people) <= index:
        return None
    return lists[place].people[index]


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
