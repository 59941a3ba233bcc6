"""Values for the templates: word material of `material/*.txt`, metadata records and the references to train on."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from training.data import Example
from training.lexicon import names_by_language
from training.synthetic.people import Person

FOLDER = Path(__file__).with_name("material")
_SLOT = re.compile(r"\{([a-z0-9_]+)\}")
_ENGLISH = re.compile(r"\b(?:the|of|and|in|for|on|with)\b")
_GERMAN = re.compile(r"\b(?:der|die|das|und|des|zur|zum|für|im|von|eine?)\b")
_ROMANCE = re.compile(r"\b(?:l[aeio']|les|des|du|dell\w|del|di|et|el|los|una?|e|y|nel\w*|sur)\b|l’")
_MARKUP = re.compile(r"<[^>]{0,40}>|\s+")


@dataclass(slots=True)
class Material:
    """Lists of values of one language by section; `people` are (given, family)."""

    sections: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people: list[Person] = field(default_factory=list)
    listed: float = 1.0  # share of titles that are real ones, the rest is made from patterns

    def pick(self, section: str, rng: random.Random) -> str:
        """A value of a section, its own slots filled."""
        return _SLOT.sub(lambda match: self.pick(match.group(1), rng), rng.choice(self.sections[section]))


_NAMES = {"de": ("de", "de", "de", "no"), "ru": ("ru",), "fa": ("fa",), "romance": ("fr", "it", "es")}
_NAMES["en"] = ("en", "no", "as", "de", "fr")
_FAMILY = {"fr": "it", "es": "it"}


def read_material(language: str, rng: random.Random) -> Material:
    """The material of `material/<language>.txt`, with made-up people."""
    found = Material()
    section = ""
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif line:
            found.sections[section].append(line)
    for index in range(1, 200):
        found.sections["n"].append(str(index))
        found.sections["year"].append(str(1900 + index % 124))
    found.people = _people(_NAMES[language], rng, 1500)
    return found


def _people(tags: Iterable[str], rng: random.Random, count: int) -> list[Person]:
    given, family = names_by_language("given"), names_by_language("family")
    tags = tuple(tags)
    people = []
    for _ in range(count):
        tag = rng.choice(tags)
        first = rng.choice(given[tag])
        if tag == "ru":
            first += " " + rng.choice(given[tag])
        elif rng.random() < 0.2:
            first += rng.choice((" ", " ", "-")) + rng.choice(given[tag])
        last = rng.choice(family[_FAMILY.get(tag, tag)])
        if rng.random() < 0.04:
            last += "-" + rng.choice(family[_FAMILY.get(tag, tag)])
        people.append((first, last))
    return people


def iranian_people(rng: random.Random) -> list[Person]:
    """People of Iranian and Russian names in Latin letters."""
    people = _people(("fl", "fl", "fl", "rl", "en"), rng, 800)
    return [(given, f"{family} {rng.choice(people)[1]}" if rng.random() < 0.1 else family) for given, family in people]


def add_records(material: Material, records: Path) -> None:
    """Adds titles, journals and people of metadata records (Crossref's works.jsonl)."""
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            work = json.loads(line)["work"]
            for title in work.get("title") or ():
                clean = _MARKUP.sub(" ", title).strip()
                if 10 < len(clean) < 220 and "&" not in clean:
                    material.sections["title"].append(clean.rstrip("."))
            if work.get("type") == "journal-article":
                material.sections["journal"] += work.get("container-title") or ()
                material.sections["abbr"] += work.get("short-container-title") or ()
            for person in work.get("author") or ():
                if person.get("family") and person.get("given", "(")[:1].isalpha() and "(" not in person["given"]:
                    material.people.append((person["given"].replace(".", ""), person["family"]))


def add_references(materials: dict[str, Material], examples: Iterable[Example]) -> None:
    """Adds titles and host titles of references that we train on to the material of their language."""
    for example in examples:
        for label in example.labels:
            text = example.text[label.start : label.end]
            if label.field not in {"title", "container-title"} or not 8 < len(text) < 200:
                continue
            language = _language_of(text)
            if label.field == "title" and language:
                materials[language].sections["title"].append(text)
            elif language == "en" and "ournal" not in text and len(text) > 20 and "Proc" not in text:
                materials[language].sections["booktitle"].append(text)
    materials["de"].listed, materials["romance"].listed = 0.25, 0.5


def _language_of(title: str) -> str:
    """The material that a title fits to, empty when nothing tells."""
    if _ENGLISH.search(title):
        return "en"
    return "de" if _GERMAN.search(title) else "romance" if _ROMANCE.search(title) else ""
