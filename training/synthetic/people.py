"""Runs of names in the forms of many styles."""

import random

Person = tuple[str, str]  # given, family

_JOINS = {
    "cc": (", ", ", "),
    "ca": (", ", " and "),
    "c&": (", ", ", & "),
    "cx": (", ", ", and "),
    "&": (", ", " & "),
    "a": (" and ", " and "),
    "s": ("; ", "; "),
    "sl": (" / ", " / "),
    "u": (", ", " und "),
    "d": (" - ", " - "),
    "e": (", ", " et "),
    "ee": (", ", " e "),
    "y": (", ", " y "),
    "v": ("، ", " و "),
    "fs": ("؛ ", "؛ "),
    "c": ("/", "/"),
    "ul": (", ", " u. "),
    "dd": ("–", "–"),
    "ss": ("; ", " & "),
    "sa": ("; ", "; and "),
}
_OTHERS = {
    "u": (" et al.", " u. a.", " u.a."),
    "sl": (" et al.", " u.a."),
    "s": (" u. a.", "; et al.", " et al.", " u.a."),
}
_OTHERS |= {
    "e": (" et al.", " [et al.]"),
    "ee": (" et al.", " e altri"),
    "d": (" et al.", " e altri"),
    "y": (" et al.", " y otros"),
}
_PARTICLES = ("von ", "van ", "de ", "van der ", "von der ", "Van ", "De ", "zu ", "al-")


def initials(given: str, dot: str = ". ", end: str = ".") -> str:
    """`Jean-Paul Marie` as `J.-P. M.`"""
    words = [("-".join(piece[0] + end for piece in word.split("-") if piece)) for word in given.split()]
    return dot.removeprefix(".").join(words)


def _one(person: Person, form: str, rng: random.Random) -> str:
    given, family = person
    short = initials(given, rng.choice((". ", ". ", ".")))
    bare = "".join(piece[0] for word in given.split() for piece in word.split("-") if piece)
    texts = {
        "fg": f"{family}, {given}",
        "gf": f"{given} {family}",
        "fi": f"{family}, {short}",
        "if": f"{short} {family}",
        "vn": f"{family} {bare}",
        "ru": f"{family} {short}",
        "ruc": f"{family}, {short}",
        "FG": f"{family.upper()}, {given}" if rng.random() < 0.6 else f"{family.upper()} {given}",
        "Fi": f"{family.upper()}, {short}" if rng.random() < 0.6 else f"{family.upper()} {short}",
        "gF": f"{given} {family.upper()}",
        "iF": f"{short} {family.upper()}",
        "fgx": f"{family} {given}",
        "fam": family,
    }
    return texts[form] if given else family


def run(people: list[Person], form: str, join: str, rng: random.Random) -> str:
    """The people joined as a style would do it, cut with "et al." now and then."""
    between, last = _JOINS[join or "cc"]
    if join == "sl" and rng.random() < 0.4:
        between = last = "/"
    elif join == "c&" and len(people) == 2:
        last = rng.choice((", & ", " & "))
    elif join in {"ca", "cx"} and rng.random() < 0.1:
        last = " & "
    first = {"mix": "fg", "mixi": "fi"}.get(form, form)
    rest = {"mix": "gf", "mixi": "if"}.get(form, form)
    comma = "، " if join in {"v", "fs"} and rng.random() < 0.75 else ", "
    texts = [_one(person, first if index == 0 else rest, rng) for index, person in enumerate(people)]
    texts = [text.replace(", ", comma) for text in texts]
    if len(texts) > 2 and form in {"ru", "ruc", "if"} and people[0][1][0] > "Ѐ" and rng.random() < 0.3:
        return ", ".join(texts[: rng.choice((1, 1, 2, 3))]) + rng.choice((" и др.", " и др.", ", и др.", " [и др.]"))
    if len(texts) > 2 and rng.random() < 0.15 and join not in {"v", "fs"}:
        kept = between.join(texts[: rng.choice((1, 1, 1, 2, 3))])
        return kept + rng.choice(_OTHERS.get(join, (" et al.", ", et al.")))
    if len(texts) == 1:
        return texts[0]
    return between.join(texts[:-1]) + last + texts[-1]


def with_particle(person: Person, rng: random.Random) -> Person:
    """Now and then a family name with a particle or two parts."""
    given, family = person
    if rng.random() < 0.03:
        return given, rng.choice(_PARTICLES) + family
    return person
