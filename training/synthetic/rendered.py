"""References rendered by refkit's own CSL processor in thousands of styles; where each variable went is found again.

A reference whose variables cannot all be found in the rendered text is left out.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from refkit.csl import Processor, compile_style
from refkit.csl.styles import all_styles, open_locale, open_style
from refkit.csl.writers.text import write
from refkit.errors import RefkitError
from refkit.parse.features import split_words, words_of
from training.data import Example, Label
from training.synthetic.material import Material
from training.synthetic.people import Person
from training.synthetic.values import Values

_KINDS = {
    "article-journal": ("article", ("container", "volume", "issue", "pages", "doi")),
    "book": ("book", ("publisher", "place")),
    "chapter": ("chapter", ("book", "editor", "publisher", "place", "pages")),
    "paper-conference": ("conference", ("conference", "publisher", "place", "pages")),
    "thesis": ("thesis", ("publisher", "place")),
    "report": ("report", ("publisher", "place")),
}
_WEIGHTS = (45, 20, 22, 7, 3, 3)
_CSL = {
    "container": "container-title",
    "book": "container-title",
    "conference": "container-title",
    "pages": "page",
    "place": "publisher-place",
    "doi": "DOI",
}
_FIELDS = {
    "title": "title",
    "container-title": "container-title",
    "publisher": "publisher",
    "publisher-place": "place",
    "DOI": "doi",
}
_LINKS = frozenset("and & et al others und y e i u en och и др и a".split())
_PER_STYLE = 10
_LANGUAGES = {"de": "de", "fr": "romance", "it": "romance", "es": "romance", "ru": "ru"}


@dataclass(slots=True)
class _Search:
    """The rendered text and what was found in it."""

    text: str
    labels: list[Label] = field(default_factory=list)
    lost: bool = False

    def free(self, start: int, end: int) -> bool:
        return all(end <= label.start or start >= label.end for label in self.labels)

    def find(self, name: str, pattern: str) -> bool:
        """Labels the first free occurrence of a pattern."""
        for match in re.finditer(pattern, self.text, re.IGNORECASE):
            if self.free(*match.span()):
                self.labels.append(Label(name, *match.span()))
                return True
        return False


def render(count: int, materials: dict[str, Material], rng: random.Random) -> list[Example]:
    """About `count` references, ten of each style."""
    styles = [style for style in all_styles() if not style.parent]
    found: list[Example] = []
    for style in rng.sample(styles, len(styles)):
        if len(found) >= count:
            break
        language = _LANGUAGES.get(style.locale[:2], "en")
        if language == "en" and rng.random() < 0.15:
            language = rng.choice(("de", "romance"))
        items = [_item(f"i{index}", language, materials[language], rng) for index in range(_PER_STYLE)]
        for text, item in _lines(style.name, items):
            labels = _labels(text, item)
            if labels:
                source = "rendered"
                found.append(
                    Example(f"synthetic-{source}-{len(found):06d}", f"synthetic-{source}", source, text, labels)
                )
    return found


def _item(id: str, language: str, material: Material, rng: random.Random) -> dict[str, Any]:
    csl_type = rng.choices(list(_KINDS), _WEIGHTS)[0]
    kind, fields = _KINDS[csl_type]
    values = Values("en" if language == "romance" else language, kind, material, [], rng)
    item: dict[str, Any] = {"id": id, "type": csl_type, "title": _plain(values.text("title"))}
    item["author"] = _names(values.people("author"))
    item["issued"] = {"date-parts": [[int(re.sub("[^0-9]", "", values.text("year")) or 1999)]]}
    for name in fields:
        if name == "editor":
            item["editor"] = _names(values.people("editor"))
        elif (name != "doi" or rng.random() < 0.4) and (name not in {"issue", "place"} or rng.random() < 0.8):
            item[_CSL.get(name, name)] = _plain(values.text(name))
    return item


def _plain(text: str) -> str:
    return re.sub(r"[\"'“”„«»‘’]", "", text).strip()


def _names(people: list[Person]) -> list[dict[str, str]]:
    return [{"given": given, "family": family} for given, family in people]


def _lines(style: str, items: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    by_id = {item["id"]: item for item in items}
    try:
        file = open_style(style)
        compiled = compile_style(file.xml, open_locale)
        entries = Processor(compiled, items).bibliography()
    except RefkitError:
        return
    for entry in entries:
        yield " ".join(write(entry.tokens).split()), by_id[entry.id]


def _labels(text: str, item: dict[str, Any]) -> tuple[Label, ...]:
    search = _Search(text)
    number = re.match(r"\W*([0-9]{1,3})\b", text)
    if number:
        search.labels.append(Label("citation-number", *number.span(1)))
    for variable, name in _FIELDS.items():
        value = item.get(variable)
        if value and not search.find(name, _flexible(value)) and _half_there(value, text):
            return ()
    for role in ("editor", "author") if "editor" in item else ("author",):
        if not _find_people(search, role, item[role]):
            return ()
    _find_numbers(search, item)
    if not any(label.field in {"title", "container-title"} for label in search.labels):
        return ()
    return tuple(sorted(search.labels, key=lambda label: label.start))


def _flexible(value: str) -> str:
    return r"(?<!\w)" + r"\W+".join(map(re.escape, re.findall(r"\w+", value))) + r"(?!\w)\)?"


def _half_there(value: str, text: str) -> bool:
    words = re.findall(r"\w{4,}", value.casefold())[:3]
    return bool(words) and all(word in text.casefold() for word in words)


def _find_numbers(search: _Search, item: dict[str, Any]) -> None:
    year = item["issued"]["date-parts"][0][0]
    search.find("date", rf"(?<![0-9]){year}(?![0-9])[a-d]?")
    first, _, last = item.get("page", "").partition("-")
    if last:
        tails = "|".join(dict.fromkeys(last[cut:] for cut in range(len(last))))
        search.find("pages", rf"(?<![0-9]){first}(?:\W{{1,3}}(?:{tails}))?(?![0-9])")
    for name in ("volume", "issue"):
        if item.get(name):
            search.find(name, rf"(?<![0-9\w]){re.escape(item[name])}(?![0-9\w])")


def _find_people(search: _Search, role: str, people: list[dict[str, str]]) -> bool:
    """Labels the first run of words that are names of these people; False when some names stand elsewhere, too."""
    families = {word.casefold() for person in people for word in split_words(person["family"])[1::2]}
    names = families | {word.casefold() for person in people for word in split_words(person["given"])[1::2]}
    initials = {piece[0].casefold() for person in people for piece in re.split(r"[\s-]+", person["given"]) if piece}
    runs: list[list[tuple[int, int, str]]] = [[]]
    for start, end in words_of(search.text):
        printed = search.text[start:end]
        word = printed.casefold()
        known = word in names or (len(word) <= 4 and set(word) <= initials and printed.isupper())
        if search.free(start, end) and (known or (runs[-1] and printed in _LINKS)):
            runs[-1].append((start, end, printed))
        elif runs[-1]:
            runs.append([])
    named = [run for run in runs if any(word.casefold() in families for _, _, word in run)]
    if len(named) != 1:
        return not named
    run = named[0]
    while run[-1][2] in _LINKS and run[-1][2] not in {"al", "др", "others"}:
        run.pop()
    end = run[-1][1]
    if search.text[end : end + 1] == "." and len(run[-1][2]) <= 2:
        end += 1
    search.labels.append(Label(role, run[0][0], end))
    return True
