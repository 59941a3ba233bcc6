"""Where each word of a reference stands: what was before it, what is still to come, which segment it is in.

What was before and what is to come is told by two automata. A place of an automaton is a dict from the symbol of the
next word to the next place, filled in as symbols turn up: reading a reference is then no more than a chain of look-ups.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import accumulate
from operator import add, attrgetter, getitem, or_
from typing import NamedTuple

# What a separator does, the low bits of a symbol; COLON is that of the separator behind the word.
BREAK, OPEN, CLOSE, QUOTE, STOP, SLASHES, COLON = (1 << bit for bit in range(7))
# What a word is: the bits above.
YEAR, DIGITS, INITIAL, IN, MARK = (1 << bit for bit in range(7, 12))
SYMBOLS = 1 << 12

PLAIN, QUOTED, END = range(3)  # the numbers of the places where reading begins, from the front and from the end
BUCKETS = (0, 1, 2, 3, 4, 5, 5, 7, 7, 7, *([10] * 5), *([15] * 10))
BEYOND = 25  # the bucket of words that are further from an end
_DISTANCE = (0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6)
_SINCE = (1, 2, 2, 3, 3, 3, 3, 4)
_HOST = (0, 1, 1, 2, 2, 2, 2, 3)
_AHEAD = (0, 1, 1, 1, 2, 2, 2, 2, 2, 3)
_MOST_PLACES = 20_000
Numbers = Sequence[int]


class Place(dict[int, "Place"]):
    """What is known at a word: `context` and `hint`, keys for features; and where each symbol leads from here."""

    __slots__ = ("_find", "_state", "context", "hint", "number")

    def __init__(
        self, number: int, context: int, hint: int, state: "_State", find: "Callable[[_State, int], Place]"
    ) -> None:
        super().__init__()
        self.number, self.context, self.hint, self._state, self._find = number, context, hint, state, find

    def __missing__(self, symbol: int) -> "Place":
        found = self[symbol] = self._find(self._state, symbol)
        return found


def _is_host(symbol: int) -> int:
    """Whether "//" or "in" announces a host."""
    return symbol & SLASHES or (symbol & IN and symbol & (BREAK | COLON))


class _Before(NamedTuple):
    """What the words so far have shown: quotation marks, brackets, a year, full stops; words since "in"; a mark."""

    quoted: int = 0  # the whole reference has a pair of quotation marks
    begun: int = 0
    inside_quote: int = 0
    quote_done: int = 0
    inside: int = 0
    year: int = 0
    stops: int = 0
    initial: int = 0
    since: int = -1
    mark: int = 0

    def step(self, symbol: int) -> "tuple[int, int, _State]":
        """Context and hint of the next word, and the state behind it."""
        inside_quote, quote_done, inside = self.inside_quote, self.quote_done, self.inside
        stops, since = self.stops, self.since
        if symbol & QUOTE:
            quote_done |= inside_quote
            inside_quote ^= 1
        if symbol & (OPEN | CLOSE):
            inside = 1 if symbol & OPEN else 0
        if symbol & STOP and stops < 3 and self.begun and not self.initial:
            stops += 1
        if _is_host(symbol) and (self.begun or symbol & SLASHES):
            since = 0
        context = self.quoted | inside_quote << 1 | quote_done << 2 | inside << 3 | self.year << 4 | stops << 5
        hint = ((_SINCE[since] if since >= 0 else 0) << 1 | self.mark) << 9
        year, mark = self.year or int(symbol & YEAR > 0), self.mark or int(symbol & MARK > 0)
        since = min(since + 1, 7) if since >= 0 else since
        initial = int(symbol & INITIAL > 0)
        after = _Before(self.quoted, 1, inside_quote, quote_done, inside, year, stops, initial, since, mark)
        return context, hint, after


class _Behind(NamedTuple):
    """What the words to come hold: how far the next number is and whether it is a year, numbers left, a mark.

    And how far "in" or "//" is, behind which the host stands, and whether a year is left.
    """

    number: int = 0
    is_year: int = 0
    left: int = 0
    mark: int = 0
    host: int = 0
    year: int = 0

    def step(self, symbol: int) -> "tuple[int, int, _State]":
        """No context, the hint of the word before, and the state in front of it."""
        hint = _DISTANCE[self.number] << 6 | self.is_year << 5 | self.left << 3 | _AHEAD[self.mark]
        hint |= (_HOST[self.host] << 1 | self.year) << 13
        number, left = min(self.number + 1, 10) if self.number else 0, self.left
        mark, is_year, year = min(self.mark + 1, 9) if self.mark else 0, self.is_year, self.year
        if symbol & DIGITS:
            number, is_year, left = 1, int(symbol & YEAR > 0), min(left + 1, 3)
            year |= is_year
        elif symbol & MARK:
            mark = 1
        host = 1 if _is_host(symbol) else min(self.host + 1, 7) if self.host else 0
        return 0, hint, _Behind(number, is_year, left, mark, host, year)


_State = _Before | _Behind


class Places:
    """The places of both automata, all found at first sight; `known` holds them by number."""

    def __init__(self) -> None:
        roots: tuple[_State, ...] = (_Before(), _Before(quoted=1), _Behind())
        self.known = [Place(number, 0, 0, state, self._find) for number, state in enumerate(roots)]
        self._numbers: dict[tuple[int, int, _State], int] = {}

    def _find(self, state: "_State", symbol: int) -> Place:
        key = context, hint, after = state.step(symbol)
        number = self._numbers.setdefault(key, len(self.known))
        if number == len(self.known):
            self.known.append(Place(number, context, hint, after, self._find))
        return self.known[number]

    def forget(self) -> None:
        """Take the places apart. They point at each other: nothing else frees them without the collector."""
        for place in self.known:
            place.clear()
        self.known.clear()

    def crowded(self) -> bool:
        """Whether so many places are known that it is better to begin anew."""
        return len(self.known) > _MOST_PLACES

    def read(self, flags: Numbers, effects: Numbers, colons: Numbers) -> tuple[list[int], list[int]]:
        """Keys of contexts and hints, one of each per word.

        `flags` are those of the words; `effects` and `colons` those of the separators, one more than there are words.
        """
        quoted = sum(map(QUOTE.__and__, effects)) >= 2 * QUOTE
        symbols = list(map(add, map(add, flags, effects), colons[1:]))
        before = accumulate(symbols, getitem, initial=self.known[PLAIN + quoted])
        next(before)
        ahead = list(before)
        behind = accumulate(reversed(symbols), getitem, initial=self.known[END])
        next(behind)
        hints = list(map(or_, map(_HINT, ahead), reversed(list(map(_HINT, behind)))))
        return list(map(_CONTEXT, ahead)), hints


_CONTEXT, _HINT = attrgetter("context"), attrgetter("hint")


def colon_of(separator: str) -> int:
    """COLON where the separator has a colon."""
    return COLON if ":" in separator else 0


def buckets(count: int) -> list[int]:
    """For each of `count` words a key of how far it is from the first and from the last one."""
    ahead = [*BUCKETS[:count], *[BEYOND] * (count - len(BUCKETS))]
    return [first << 5 | last for first, last in zip(ahead, reversed(ahead), strict=True)]


def segments(flags: Numbers, masks: Numbers, effects: Numbers) -> list[tuple[int, int]]:
    """The segments, in reading order: a key of what each holds, and its number of words.

    A segment ends where a separator breaks the text; `effects` are those of the separators.
    """
    if not masks:
        return []
    starts = [index for index, effect in enumerate(effects) if effect & BREAK and 0 < index < len(masks)]
    found = []
    end = len(masks)
    following = 0  # 0 nothing, 1 a number, 2 a year, 3 a word
    for start in (*reversed(starts), 0):
        mask = masks[start] if end - start == 1 else reduce(or_, masks[start:end])
        found.append((mask << 8 | (end - start if end - start < 7 else 7) << 2 | following, end - start))
        flag = flags[start]
        following = 2 if flag & YEAR else 1 if flag & DIGITS else 3
        end = start
    return found[::-1]
