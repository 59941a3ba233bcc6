"""cs:names: lists of names with et-al, labels and substitutes (CSL 1.0.2, "Names")."""

from typing import NamedTuple

from refkit.csl.context import Context, NameLog
from refkit.csl.locale import Locale
from refkit.csl.people import Person, initials
from refkit.csl.richtext import rich
from refkit.csl.textcase import apply_case
from refkit.csl.tree import PLAIN, Format, Names, Node, Piece, format_of, plain, wrap
from refkit.csl.xml import Element

_CJK_START = 0x2E80
NAME = "name"
NAMES = "names"
OTHERS = "others"  # a last literal of this text is BibTeX's `and others`: the list goes on


class PartStyle(NamedTuple):
    """A cs:name-part: its format and text case."""

    format: Format = PLAIN
    case: str = ""


class NameOptions(NamedTuple):
    """cs:name with everything inherited; `initialize_with` is None where names are not made initials."""

    conjunction: str = ""
    delimiter: str = ", "
    before_et_al: str = "contextual"
    before_last: str = "contextual"
    et_al_min: int = 0
    et_al_first: int = 1
    later_min: int = 0
    later_first: int = 0
    use_last: bool = False
    form: str = "long"
    initialize: bool = True
    initialize_with: str | None = None
    keep_hyphen: bool = True
    sort_order: str = ""
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    format: Format = PLAIN
    given: PartStyle = PartStyle()
    family: PartStyle = PartStyle()


class EtAl(NamedTuple):
    """cs:et-al: the text and its format."""

    text: str = "et al."
    format: Format = PLAIN


class Label(NamedTuple):
    """cs:label of names: which form, when plural, before or after the names."""

    form: str
    plural: str
    format: Format
    case: str
    strip_periods: bool
    first: bool


class NamesShape(NamedTuple):
    """A compiled cs:names without its variables and substitutes: what a short cs:names in a substitute inherits."""

    options: NameOptions
    et_al: EtAl
    label: Label | None
    format: Format
    delimiter: str


_INHERITED = {
    "and": "and",
    "delimiter-precedes-et-al": "delimiter-precedes-et-al",
    "delimiter-precedes-last": "delimiter-precedes-last",
    "et-al-min": "et-al-min",
    "et-al-use-first": "et-al-use-first",
    "et-al-use-last": "et-al-use-last",
    "et-al-subsequent-min": "et-al-subsequent-min",
    "et-al-subsequent-use-first": "et-al-subsequent-use-first",
    "initialize": "initialize",
    "initialize-with": "initialize-with",
    "name-as-sort-order": "name-as-sort-order",
    "sort-separator": "sort-separator",
    "name-form": "form",
    "name-delimiter": "delimiter",
}


def inherited_attributes(*elements: Element) -> dict[str, str]:
    """Name attributes set on cs:style, cs:citation or cs:bibliography, under their cs:name names; later ones win."""
    merged: dict[str, str] = {}
    for element in elements:
        merged.update({_INHERITED[k]: v for k, v in element.attributes.items() if k in _INHERITED})
    return merged


def _count(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def name_options(element: Element | None, inherited: dict[str, str], style: Element, locale: Locale) -> NameOptions:
    """The options of a cs:name, or of the implied one where there is none."""
    attributes = {**inherited, **(element.attributes if element else {})}
    get = attributes.get
    symbol = {"text": locale.text("and", "and"), "symbol": locale.ampersand}
    parts = {part.get("name"): part for part in element.all("name-part")} if element else {}
    first = _count(get("et-al-use-first", ""), 0)
    least = _count(get("et-al-min", ""), 0) if "et-al-use-first" in attributes else 0
    return NameOptions(
        symbol.get(get("and", ""), ""),
        get("delimiter", ", "),
        get("delimiter-precedes-et-al", "contextual"),
        get("delimiter-precedes-last", "contextual"),
        least,
        first,
        _count(get("et-al-subsequent-min", ""), least),
        _count(get("et-al-subsequent-use-first", ""), first),
        get("et-al-use-last") == "true",
        get("form", "long"),
        get("initialize") != "false",
        get("initialize-with"),
        style.get("initialize-with-hyphen") != "false",
        get("name-as-sort-order", ""),
        get("sort-separator", ", "),
        style.get("demote-non-dropping-particle", "display-and-sort"),
        format_of(element) if element else PLAIN,
        _part_style(parts.get("given")),
        _part_style(parts.get("family")),
    )


def _part_style(element: Element | None) -> PartStyle:
    return PartStyle(format_of(element), element.get("text-case")) if element else PartStyle()


def render_people(people: tuple[Person, ...], options: NameOptions, et_al: EtAl, context: Context) -> Piece:
    """A list of names as the options want it, shortened where it is long enough."""
    if context.sorting:
        return sort_people(people, options, context)
    open_ended = len(people) > 1 and people[-1].literal == OTHERS
    total = len(people)  # "others" counts as one more
    people = people[:-1] if open_ended else people
    shown = min(len(people), _shown_count(total, options, context))
    context.name_count += shown
    if context.name_log is not None:
        context.name_log.append(NameLog(people, shown, options.initialize_with))
    kids = [
        Node([_render_person(person, options, index, context)], options.format, NAME)
        for index, person in enumerate(people[:shown])
    ]
    if shown == len(people) and not open_ended:
        return Names(_with_conjunction(kids, people, options), people)
    return Names(_shortened(kids, people, options, et_al, context), people)


def _shortened(
    kids: list[Node], people: tuple[Person, ...], options: NameOptions, et_al: EtAl, context: Context
) -> list[Piece]:
    """The names shown, with "et al." or with dots and the last name behind them."""
    shown = len(kids)
    out = _delimited(kids, options.delimiter)
    if options.use_last and len(people) > shown + 1:
        last = Node([_render_person(people[-1], options, len(people) - 1, context)], options.format, NAME)
        return [*out, f"{options.delimiter}… " if shown > 1 else " … ", last]
    if not et_al.text or not kids:
        return out
    inverted = _is_inverted(people[shown - 1], options, shown - 1)
    precedes = _precedes(options.before_et_al, shown > 1, inverted)
    joint = options.delimiter if precedes else " " if ord(et_al.text[0]) < _CJK_START else ""
    return [*out, joint, wrap(et_al.text, et_al.format)]


def sort_people(people: tuple[Person, ...], options: NameOptions, context: Context) -> str:
    """A list of names as a text to sort by: family names first, no conjunction, no "et al."."""
    people = people[:-1] if len(people) > 1 and people[-1].literal == OTHERS else people
    shown = _shown_count(len(people), options, context)
    context.name_count += shown
    chosen = people[:shown]
    if options.use_last and len(people) > shown + 1:
        chosen = (*chosen, people[-1])
    return ", ".join(_sort_person(person, options) for person in chosen)


def _sort_person(person: Person, options: NameOptions) -> str:
    if person.literal:
        return person.literal
    family, particles = person.family, f"{person.dropping} {person.particle}"
    if options.demote == "never":
        family, particles = f"{person.particle} {family}", person.dropping
    if options.form == "short":
        return family.strip()
    given = _given(person.given, options, 0)
    return " ".join(part for part in (family.strip(), particles.strip(), given, person.suffix) if part)


def _shown_count(total: int, options: NameOptions, context: Context) -> int:
    least, first = options.et_al_min, options.et_al_first
    if context.is_subsequent:
        least, first = options.later_min, options.later_first
    if context.sort_names is not None:
        least, first = context.sort_names[0] or least, context.sort_names[1] or first
    if not least or total < least or first >= total:
        return total
    return min(total, max(first, context.names_shown))


def _delimited(kids: list[Node], delimiter: str) -> list[Piece]:
    out: list[Piece] = []
    for index, kid in enumerate(kids):
        if index:
            out.append(delimiter)
        out.append(kid)
    return out


def _with_conjunction(kids: list[Node], people: tuple[Person, ...], options: NameOptions) -> list[Piece]:
    if len(kids) < 2 or not options.conjunction:
        return _delimited(kids, options.delimiter)
    inverted = _is_inverted(people[len(kids) - 2], options, len(kids) - 2)
    spaced = _is_spaced(options.conjunction)
    precedes = _precedes(options.before_last, len(kids) > 2 and spaced, inverted)
    if not spaced:
        joint = f"{options.delimiter if precedes else ''}{options.conjunction}"
        return [*_delimited(kids[:-1], options.delimiter), joint, kids[-1]]
    joint = options.delimiter if precedes else " "
    joint = f"{joint}{options.conjunction}" if joint[-1:] in " \u00a0" else f"{joint} {options.conjunction}"
    return [*_delimited(kids[:-1], options.delimiter), f"{joint} ", kids[-1]]


def _is_spaced(conjunction: str) -> bool:
    """Whether blanks go around the conjunction: not in scripts without blanks, nor where it brings its own."""
    return ord(conjunction[0]) < _CJK_START and not conjunction[-1].isspace()


def _precedes(rule: str, contextual: bool, inverted: bool) -> bool:
    return {"always": True, "never": False, "after-inverted-name": inverted}.get(rule, contextual)


def _is_inverted(person: Person, options: NameOptions, index: int) -> bool:
    if person.literal or person.family_first:
        return False
    return options.sort_order == "all" or (options.sort_order == "first" and index == 0)


def _render_person(person: Person, options: NameOptions, index: int, context: Context) -> Piece:
    if person.literal:
        return _part(person.literal, options.family)
    level = context.given_level(person, index)
    if options.form == "short" and not level:
        return _affixed(_family(person, options), options.family)
    given = _given(person.given, options, level)
    if person.family_first:
        return _family_first(person, given, options)
    if _is_inverted(person, options, index):
        return _inverted(person, given, options)
    return _display(person, given, options)


def _given(given: str, options: NameOptions, level: int) -> str:
    """The given names in full (level 2), or as initials where the style wants them."""
    if options.initialize_with is None or not given or level == 2:
        return given
    return initials(given, options.initialize_with, options.keep_hyphen, options.initialize)


def _part(text: str, style: PartStyle) -> Piece:
    """One name part in its style, without affixes."""
    shown = rich(text)
    if style.case:
        shown = apply_case(shown, style.case)
    return Node([shown], Format(styles=style.format.styles)) if style.format.styles else shown


def _affixed(piece: Piece, style: PartStyle) -> Piece:
    format = style.format
    return wrap(piece, Format(format.prefix, format.suffix)) if format.prefix or format.suffix else piece


def _glue(pieces: list[Piece]) -> Piece:
    """Pieces with blanks between, none after a particle that ends in an apostrophe or hyphen."""
    out: list[Piece] = []
    for piece in pieces:
        if out and not _clings(plain(out[-1])):
            out.append(" ")
        out.append(piece)
    return out[0] if len(out) == 1 else Node(out)


def _clings(particle: str) -> bool:
    """Whether a particle is written together with the name: "d'", "al-"; "de'" is not."""
    if particle[-1:] in " \u00a0":
        return True
    return particle[-1:] in "-’'" and particle[-3:] not in ("de’", "de'")


def _family(person: Person, options: NameOptions) -> Piece:
    if not person.particle:
        return _part(person.family, options.family)
    return _glue([_part(person.particle, options.family), _part(person.family, options.family)])


def _suffix(person: Person, options: NameOptions) -> Piece:
    """The suffix, without stops where initials have none."""
    bare = options.initialize_with is not None and "." not in options.initialize_with
    return rich(person.suffix.replace(".", "") if bare else person.suffix)


def _display(person: Person, given: str, options: NameOptions) -> Piece:
    firsts = [_affixed(_part(given, options.given), options.given)] if given else []
    family = [_part(person.dropping, options.given)] if person.dropping else []
    family.append(_family(person, options))
    if person.suffix:
        joined = _glue(family)
        family = [Node([joined, ", " if person.comma_suffix else " ", _suffix(person, options)])]
    return _glue([*firsts, _affixed(_glue(family), options.family)])


def _inverted(person: Person, given: str, options: NameOptions) -> Piece:
    demoted = options.demote == "display-and-sort"
    family = _part(person.family, options.family) if demoted else _family(person, options)
    rest = [_part(given, options.given)] if given else []
    if person.dropping:
        rest.append(_part(person.dropping, options.given))
    if demoted and person.particle:
        rest.append(_part(person.particle, options.family))
    out: list[Piece] = [_affixed(family, options.family)]
    if rest:
        out += [options.sort_separator, _affixed(_glue(rest), options.given)]
    if person.suffix:
        out += [options.sort_separator, _suffix(person, options)]
    return Node(out) if len(out) > 1 else out[0]


def _family_first(person: Person, given: str, options: NameOptions) -> Piece:
    """Names of languages that put the family first, without a blank in Chinese, Japanese and Korean script."""
    blank = "" if person.family and ord(person.family[-1]) >= _CJK_START else " "
    family = _affixed(_family(person, options), options.family)
    return Node([family, blank, _affixed(_part(person.given, options.given), options.given)]) if given else family


def render_label(label: Label, name: str, count: int, locale: Locale) -> Piece | None:
    """The label of a name variable, plural when there are several names."""
    plural = label.plural == "always" or (label.plural != "never" and count > 1)
    text = locale.term(name, label.form, plural)
    if not text:
        return None
    if label.strip_periods:
        text = text.replace(".", "")
    return wrap(apply_case(text, label.case) if label.case else text, label.format)
