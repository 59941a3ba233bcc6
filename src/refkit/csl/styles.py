"""The packaged CSL styles and locales: found by name, opened in a few milliseconds, never fetched.

`styles.pack`, written by hatch_build.py, holds: a heading line; a line with the number of styles in a block of
independent and of dependent styles; four lines of section sizes; an empty line; then the sections. Section one is three
zlib tables (independent styles, dependent styles, locales; a row a line), the others xz blocks of XML joined by NUL:
independent styles, dependent styles, one block for each locale.
"""

import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from refkit.csl.xml import MAX_BYTES, Element, parse_xml
from refkit.errors import StyleError

_PACK = Path(__file__).with_name("styles.pack")
_INDEPENDENT, _DEPENDENT, _LOCALES = range(3)
_ZOTERO = re.compile(r"https?://(?:www\.)?zotero\.org/styles/([^/?#]+)/?")

# What people call a style -> the name it is packaged under.
ALIASES = {
    "abnt": "associacao-brasileira-de-normas-tecnicas",
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "aip": "american-institute-of-physics",
    "ama": "american-medical-association",
    "apa-7": "apa",
    "apa7": "apa",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "bluebook": "bluebook-law-review",
    "chicago": "chicago-author-date",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography",
    "chicago-note-bibliography": "chicago-shortened-notes-bibliography",
    "cse": "cse-name-year",
    "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right",
    "iso-690": "iso690-author-date-en",
    "iso690": "iso690-author-date-en",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "nlm": "nlm-citation-sequence",
    "turabian": "chicago-notes-bibliography",
    "vancouver": "nlm-citation-sequence",
}


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What the index says of a style. `parent` is set on dependent styles, `locale` when the style asks for one."""

    name: str
    title: str
    short_title: str
    format: str
    fields: tuple[str, ...]
    parent: str
    locale: str


@dataclass(frozen=True, slots=True)
class StyleFile:
    """A style ready to be compiled: XML of the independent style, and the locale that a dependent style asks for."""

    name: str
    xml: str | bytes
    locale: str = ""


@dataclass(frozen=True, slots=True)
class _Contents:
    in_block: tuple[int, int]
    sections: tuple[tuple[tuple[int, int], ...], ...]  # (offset, size) of each part


def open_style(name: str) -> StyleFile:
    """The style of that name, alias or Zotero address, or the `.csl` file at that path. Raises StyleError."""
    if is_path(name):
        return _from_file(Path(name))
    found = find_style(style_name(name))
    if found is None:
        raise StyleError(_unknown(name))
    if not found.parent:
        return StyleFile(found.name, _style_text(_INDEPENDENT, found.name), found.locale)
    return StyleFile(found.name, _style_text(_INDEPENDENT, found.parent), found.locale)


def open_locale(language: str) -> str | None:
    """The XML of the locale `language`, such as "fa-IR"; None when there is none of exactly that name.

    Persian, of which half is missing in the packaged locale, is completed by our own fa-IR.xml.
    """
    names = _table(_LOCALES).split("\n")
    if language not in names:
        return None
    xml = _block(_LOCALES, names.index(language))
    own = Path(__file__).with_name(f"{language}.xml") if language == "fa-IR" else None
    return xml.replace("</locale>", _content(own.read_text("utf-8")) + "</locale>") if own else xml


def _content(xml: str) -> str:
    return xml[xml.index(">") + 1 : xml.rindex("</locale>")]


def locale_names() -> tuple[str, ...]:
    """The languages for which a locale is packaged, such as "en-GB", "fa-IR"."""
    return tuple(_table(_LOCALES).split("\n"))


def is_path(name: str) -> bool:
    """Whether `name` means a file rather than a packaged style."""
    return not _ZOTERO.fullmatch(name) and (name.lower().endswith(".csl") or "/" in name or "\\" in name)


def style_name(name: str) -> str:
    """The packaged name that `name` stands for: case, blanks, aliases and Zotero addresses resolved."""
    if address := _ZOTERO.fullmatch(name):
        name = address[1]
    plain = re.sub(r"[\s_]+", "-", name.strip().lower())
    return plain if plain not in ALIASES or find_style(plain) else ALIASES[plain]


def search_styles(words: str) -> tuple[StyleInfo, ...]:
    """The styles whose name, title, format or fields hold every word; nearest first, dependent styles last."""
    wanted = words.casefold().replace("-", " ").split()
    found = [info for info in all_styles() if _holds(info, wanted)]
    alias = ALIASES.get("-".join(wanted))
    found.sort(key=lambda info: _distance(info, "-".join(wanted), alias))
    if alias and (target := find_style(alias)) and target not in found:
        found.insert(0, target)
    return tuple(found)


def all_styles() -> Iterator[StyleInfo]:
    """Every packaged style, independent ones first, each group by name."""
    for section in (_INDEPENDENT, _DEPENDENT):
        for row in _table(section).split("\n"):
            yield _info(row)


def near_names(name: str, limit: int = 3) -> list[str]:
    """Packaged names and aliases that look like `name`."""
    from rapidfuzz import fuzz, process

    choices = [*ALIASES, *(info.name for info in all_styles())]
    found = process.extract(style_name(name), choices, scorer=fuzz.ratio, limit=limit, score_cutoff=70)
    return list(dict.fromkeys(match for match, _, _ in found))


def _holds(info: StyleInfo, words: list[str]) -> bool:
    cells = [info.name, info.title, info.short_title, info.format, *info.fields]
    text = " ".join(cells).casefold().replace("-", " ").replace("_", " ")
    return all(word in text for word in words)


def _distance(info: StyleInfo, name: str, alias: str | None) -> tuple[bool, bool, bool, int, str]:
    return (
        info.name not in (name, alias),
        bool(info.parent),
        not info.name.startswith(name),
        len(info.name),
        info.name,
    )


def _unknown(name: str) -> str:
    near = near_names(name)
    hint = f"did you mean {' or '.join(near)}?" if near else "look for it with `refkit styles WORDS`"
    return f"no style is called {name!r}; {hint}"


def _from_file(path: Path) -> StyleFile:
    try:
        if path.exists() and not path.is_file():
            raise StyleError(f"{path}: is not a file; give a .csl file or a style's name")
        with path.open("rb") as stream:
            xml = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise StyleError(f"{path}: cannot be read ({error.strerror}); give a .csl file or a style's name") from error
    if len(xml) > MAX_BYTES:
        raise StyleError(f"{path}: larger than {MAX_BYTES} bytes; give a CSL style")
    root = parse_xml(xml, str(path))
    parent = _parent(root)
    if not parent:
        return StyleFile(path.stem, xml, root.get("default-locale"))
    found = find_style(style_name(parent))
    if found is None or found.parent:
        raise StyleError(f"{path}: follows the style {parent!r}, which is not packaged; give the parent's .csl file")
    return StyleFile(path.stem, _style_text(_INDEPENDENT, found.name), root.get("default-locale"))


def _parent(root: Element) -> str:
    info = root.find("info")
    links = info.all("link") if info else iter(())
    address = next((link.get("href") for link in links if link.get("rel") == "independent-parent"), "")
    return address.rstrip("/").rpartition("/")[2]


def find_style(name: str) -> StyleInfo | None:
    """What the index says of the style of exactly that name; None when there is none."""
    for section in (_INDEPENDENT, _DEPENDENT):
        if found := _row_at(section, name):
            return _info(found[1])
    return None


def _row_at(section: int, name: str) -> tuple[int, str] | None:
    """Number and text of the row of that name."""
    if not name or "\t" in name or "\n" in name:
        return None
    table = _table(section)
    start = table.find(f"\n{name}\t") + 1
    if start == 0 and not table.startswith(f"{name}\t"):
        return None
    end = table.find("\n", start)
    return table.count("\n", 0, start), table[start:end] if end >= 0 else table[start:]


def _info(row: str) -> StyleInfo:
    name, title, short_title, kind, fields, parent, locale = row.split("\t")
    return StyleInfo(name, title, short_title, kind, tuple(fields.split()), parent, locale)


def _style_text(section: int, name: str) -> str:
    found = _row_at(section, name)
    if found is None:
        raise StyleError(f"the packaged style {name!r} is missing; install refkit again")
    block, place = divmod(found[0], _contents().in_block[section])
    return _block(section, block).split("\0")[place]


@lru_cache
def _contents() -> _Contents:
    try:
        with _PACK.open("rb") as stream:
            heading = stream.readline()
            lines = [stream.readline().split() for _ in range(6)]
            start = stream.tell()
    except OSError as error:
        raise StyleError(f"{_PACK}: the packaged styles are missing; install refkit again with pip") from error
    if not heading.startswith(b"refkit-styles 1 "):
        raise StyleError(f"{_PACK}: belongs to another version; install refkit again with pip")
    independent, dependent = map(int, lines[0])
    sizes = [[int(size) for size in line] for line in lines[1:5]]
    ends = list(accumulate((size for section in sizes for size in section), initial=start))
    parts = iter(zip(ends, (size for section in sizes for size in section), strict=False))
    return _Contents((independent, dependent), tuple(tuple(next(parts) for _ in section) for section in sizes))


def _bytes(section: int, number: int) -> bytes:
    offset, size = _contents().sections[section][number]
    with _PACK.open("rb") as stream:
        stream.seek(offset)
        return stream.read(size)


@lru_cache
def _table(section: int) -> str:
    return zlib.decompress(_bytes(0, section)).decode()


@lru_cache(maxsize=8)
def _block(section: int, number: int) -> str:
    return lzma.decompress(_bytes(section + 1, number)).decode()
