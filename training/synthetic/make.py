"""Makes references: a template, values for it, noise, labels."""

import random
from collections.abc import Iterable
from pathlib import Path

from training.data import Example, Label
from training.synthetic.material import Material, add_records, add_references, iranian_people, read_material
from training.synthetic.noise import roughen
from training.synthetic.people import Person
from training.synthetic.rendered import render
from training.synthetic.templates import Piece, Template, fill, read_templates
from training.synthetic.values import Values

# How many of 100 references are of each language.
SHARES = {"en": 36, "de": 28, "ru": 17, "fa": 5, "fr": 6, "it": 5, "es": 3}
# How many of 100 references of a language are about works in another one, and in which.
_FOREIGN = {"de": (18, ("en",)), "en": (6, ("de", "romance")), "romance": (12, ("en", "en", "de"))}
_SECOND = {"footnote": 0.12, "arxiv": 0.06}  # share of references of a kind that name a second work
_RENDERED = 0.3  # share that refkit's CSL processor makes, the rest comes from templates
_LABELS = {
    **dict.fromkeys(("year", "date", "on", "day", "month", "season"), "date"),
    **dict.fromkeys(("container", "abbr", "conference", "book"), "container-title"),
    **dict.fromkeys(("arxiv", "pmid", "dor", "number"), "identifier"),
    **dict.fromkeys(("page", "pages"), "pages"),
    "subtitle": "title",
    **dict.fromkeys(("sno", "wp", "bts"), "series"),
    "category": "note",
    **dict.fromkeys(("again", "here", "science", "specialty", "code", "iso"), "other"),
    "same": "editor",
    "idem": "author",
    **dict.fromkeys(("court", "archive", "school", "org"), "publisher"),
    **dict.fromkeys(("docket", "shelf", "standard", "lawnumber", "drs"), "identifier"),
    **dict.fromkeys(("art", "rpages"), "pages"),
    **dict.fromkeys(("roman", "svol", "vols", "one"), "volume"),
    **dict.fromkeys(
        ("reporter", "short", "proceedings", "gazette", "acronym", "short2", "lettered", "bgbl", "slg"),
        "container-title",
    ),
    **dict.fromkeys(("law", "case", "lemma", "lemma2", "letter"), "title"),
}
_MERGED = {"title", "date", "series"}
_BETWEEN = ("; ", "; ", "; ", ". ")


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
        group = "fr-it-es" if language in {"fr", "it", "es"} else language
        pieces = _fill(language, templates[language], materials, iranian, rng)
        if pieces:
            found.append(assemble(f"synthetic-{index:06d}", f"synthetic-{group}", roughen(pieces, rng)))
    return found


def _fill(
    language: str,
    templates: list[Template],
    materials: dict[str, Material],
    iranian: list[Person],
    rng: random.Random,
) -> list[Piece] | None:
    """The pieces of a made-up reference, now and then followed by a second one of the same kind."""
    template = rng.choice(templates)
    own = language if language in materials else "romance"
    share, others = _FOREIGN.get(own, (0, ()))
    if template.kind not in {"gost", "iranian"} and rng.random() * 100 < share:
        own = rng.choice(others)
    if template.kind in {"footnote", "legal"} and language != "en":
        own = language
    pieces = fill(template.parts, Values(language, template.kind, materials[own], iranian, rng).value, rng)
    if pieces and rng.random() < _SECOND.get(template.kind, 0):
        other = rng.choice([other for other in templates if other.kind == template.kind])
        more = fill(other.parts, Values(language, other.kind, materials[own], iranian, rng).value, rng) or []
        if pieces[-1][0] is None:
            pieces[-1] = (None, pieces[-1][1].removesuffix("."))
        if more and more[0][0] is None:
            more[0] = (None, more[0][1][:1].lower() + more[0][1][1:])
        pieces = [*pieces, (None, rng.choice(_BETWEEN)), *more]
    return pieces


def read_materials(records: Path, examples: Iterable[Example], rng: random.Random) -> dict[str, Material]:
    """The word material of all languages."""
    materials = {name: read_material(name, rng) for name in ("en", "de", "ru", "fa", "romance")}
    add_records(materials["en"], records)
    add_references(materials, examples)
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
