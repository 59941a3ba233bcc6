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
from training.synthetic.rendered import render
from training.synthetic.templates import Piece, Template, fill, read_templates
from training.synthetic.values import Values

# How many of 100 references are of each language.
SHARES = {"en": 34, "de": 31, "ru": 17, "fa": 8, "fr": 4, "it": 3, "es": 3}
_RENDERED = 0.3  # share that refkit's CSL processor makes, the rest comes from templates
_LABELS = {
    **dict.fromkeys(("year", "date", "day", "month", "season"), "date"),
    **dict.fromkeys(("container", "abbr", "conference", "book"), "container-title"),
    **dict.fromkeys(("arxiv", "pmid", "dor", "number"), "identifier"),
    **dict.fromkeys(("page", "pages"), "pages"),
    "subtitle": "title",
    "sno": "series",
    "category": "note",
    **dict.fromkeys(("again", "here"), "other"),
    "same": "editor",
}
_MERGED = {"title", "date", "series"}


def make(count: int, records: Path, examples: Iterable[Example], seed: int = 1) -> list[Example]:
    """About `count` labelled references; the same seed gives the same references."""
    rng = random.Random(seed)
    materials = read_materials(records, examples, rng)
    iranian = iranian_people(rng)
    found = render(round(count * _RENDERED), materials, rng)
    templates: dict[str, list[Template]] = {}
    for template in read_templates():
        templates.setdefault(template.language, []).append(template)
    languages = rng.choices(list(SHARES), list(SHARES.values()), k=count - len(found))
    for index, language in enumerate(languages):
        template = rng.choice(templates[language])
        values = Values(language, template.kind, materials.get(language, materials["romance"]), iranian, rng)
        pieces = fill(template.parts, values.value, rng)
        if pieces:
            group = "fr-it-es" if language in {"fr", "it", "es"} else language
            found.append(assemble(f"synthetic-{index:06d}", f"synthetic-{group}", roughen(pieces, rng)))
    return found


def read_materials(records: Path, examples: Iterable[Example], rng: random.Random) -> dict[str, Material]:
    """The word material of all languages."""
    materials = {name: read_material(name, rng) for name in ("en", "de", "ru", "fa", "romance")}
    add_records(materials["en"], records)
    add_references(materials["en"], examples, english=True)
    return materials


def assemble(name: str, source: str, pieces: list[Piece]) -> Example:
    """Joins the pieces to a reference; a title and its subtitle, or the parts of a date, become one label."""
    text = ""
    labels: list[Label] = []
    for field, piece in pieces:
        doubled = field is None and piece.startswith(".") and text[-1:] in {"?", "!", "."}
        start, text = len(text), text + piece[doubled:]
        if field is None:
            continue
        label = _LABELS.get(field, field)
        last = labels[-1] if labels else None
        if last and label == last.field and label in _MERGED and start - last.end <= 7 and ")" not in text[last.end :]:
            labels[-1] = Label(label, last.start, len(text))
        else:
            labels.append(Label(label, start, len(text)))
    return Example(name, source, source, text, tuple(labels))
