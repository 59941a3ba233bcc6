"""Settings: `[tool.refkit]` in pyproject.toml, or refkit.toml; environment variables `REFKIT_*` win over the file.

The nearest file upwards from the working directory counts, up to the repository root. Nothing here knows the rule
codes: `refkit.validate` checks those.
"""

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from refkit.errors import ConfigError
from refkit.files import STORE_NAMES
from refkit.model import Severity

if TYPE_CHECKING:
    from refkit.validate.selection import Selection

CROSSREF_URL = "https://api.crossref.org"
DOI_URL = "https://doi.org"
DATACITE_URL = "https://api.datacite.org"
DIALECTS = ("auto", "bibtex", "biblatex")
SORTS = ("none", "key", "author", "year", "type")
DEFAULT_FILES = ("data/references.bib",)

_NAMES = ("refkit.toml", "pyproject.toml")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Layout:
    """The table `format`: how `refkit format` lays an entry out; `sort` is one of SORTS."""

    align: bool = False
    sort: str = "none"
    indent: int = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file and the environment say; each field is the key with `_` for `-`.

    `path` is the file that was read, `root` the folder its relative names start from. `per_entry_ignores` maps
    citation key -> rule code -> reason.
    """

    path: Path | None = None
    files: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_entry_ignores: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dialect: str = "auto"
    fail_on: Severity = Severity.WARNING
    mailto: str = ""
    cache_dir: str = ""
    style: str = "apa"
    locale: str = ""
    format: Layout = Layout()
    offline: bool = False
    crossref_url: str = CROSSREF_URL
    doi_url: str = DOI_URL
    datacite_url: str = DATACITE_URL

    @property
    def root(self) -> Path:
        """The folder of the settings file, else the working directory."""
        return self.path.parent if self.path else Path.cwd()


def load_settings(start: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings that hold in `start` (default: the working directory).

    Raises ConfigError, naming file, key and the nearest known key, for anything that is not understood.
    """
    path, table = _find((start or Path.cwd()).resolve())
    settings = Settings() if path is None else _read_table(path, table)
    return _with_environment(settings, os.environ if environ is None else environ)


def chosen_files(given: Sequence[str], settings: Settings, stores_only: bool = False) -> tuple[str, ...]:
    """The files of a command: those given, each once; else those of the settings, else DEFAULT_FILES."""
    if given:
        return tuple(dict.fromkeys(given))
    configured = [name for name in settings.files if not stores_only or name.lower().endswith(STORE_NAMES)]
    return tuple(os.path.relpath(settings.root / name) for name in configured) or DEFAULT_FILES


def selection(
    settings: Settings, select: Sequence[str] = (), extend: Sequence[str] = (), ignore: Sequence[str] = ()
) -> "Selection":
    """Which rules run: `select` of the command line replaces what the settings choose, the others add to it.

    Raises ConfigError, with the nearest code, for a code that no rule begins with.
    """
    from refkit.validate.selection import Selection, read_codes

    chosen, added, ignored = (
        read_codes(select, "--select"),
        read_codes(extend, "--extend-select"),
        read_codes(ignore, "--ignore"),
    )
    if not chosen:
        chosen = read_codes(settings.select, _where(settings, "select"))
        added = read_codes(settings.extend_select, _where(settings, "extend_select")) + added
        ignored = read_codes(settings.ignore, _where(settings, "ignore")) + ignored
    return Selection(chosen, added, ignored, _known_codes(settings.severity, _where(settings, "severity")))


def ignores(settings: Settings) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Mapping[str, str]]]:
    """`per-file-ignores` and `per-entry-ignores` with their codes checked."""
    from refkit.validate.selection import read_codes

    where = _where(settings, "per_file_ignores")
    in_files = {glob: read_codes(codes, f"{where}.{glob}") for glob, codes in settings.per_file_ignores.items()}
    where = _where(settings, "per_entry_ignores")
    in_entries = {key: _known_codes(table, f"{where}.{key}") for key, table in settings.per_entry_ignores.items()}
    return in_files, in_entries


def _known_codes(table: Mapping[str, Value], where: str) -> dict[str, Value]:
    from refkit.validate.selection import read_codes

    return {code: value for word, value in table.items() for code in read_codes((word,), where)}


def _where(settings: Settings, name: str) -> str:
    key = name.replace("_", "-")
    if settings.path is None:
        return f"REFKIT_{name.upper()}"
    return f"{settings.path}: {key if settings.path.name == _NAMES[0] else f'tool.refkit.{key}'}"


def _find(start: Path) -> tuple[Path | None, dict[str, Any]]:
    for folder in (start, *start.parents):
        for name in _NAMES:
            path = folder / name
            table = _table(path) if path.is_file() else None
            if table is not None:
                return path, table
        if (folder / ".git").exists():
            break
    return None, {}


def _table(path: Path) -> dict[str, Any] | None:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML ({error}); correct it") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if path.name == "refkit.toml":
        return document
    tools = document.get("tool", {})
    table = tools.get("refkit") if isinstance(tools, dict) else None
    if table is None:
        return None
    return _mapping(table, f"{path}: tool.refkit")


def _read_table(path: Path, table: Mapping[str, Any]) -> Settings:
    prefix = f"{path}: " if path.name == "refkit.toml" else f"{path}: tool.refkit."
    _refuse_unknown(table, tuple(_READERS), prefix)
    read = {key.replace("-", "_"): _READERS[key](value, f"{prefix}{key}") for key, value in table.items()}
    if read.get("cache_dir"):
        read["cache_dir"] = str(path.parent / Path(read["cache_dir"]).expanduser())
    return replace(Settings(path=path), **read)


def _with_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    read: dict[str, Any] = {}
    for key, reader in _ENVIRONMENT.items():
        name = "REFKIT_" + key.upper().replace("-", "_")
        if environ.get(name, "").strip():
            read[key.replace("-", "_")] = reader(environ[name].strip(), name)
    return replace(settings, **read) if read else settings


# --- readers: (value, where it stands) -> typed value ---


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{where}: expected a text in quotes, not {value!r}")
    return value


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: expected true or false, not {value!r}")
    return value


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 16:
        raise ConfigError(f"{where}: expected a number from 0 to 16, not {value!r}")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(f'{where}: expected a list such as ["a", "b"], not {value!r}')
    return tuple(_text(item, f"{where}[{number}]") for number, item in enumerate(value))


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: expected a table, not {value!r}")
    return value


def _one_of(known: Sequence[str]) -> Callable[[Any, str], str]:
    def read(value: Any, where: str) -> str:
        if value not in known:
            raise ConfigError(f"{where}: expected one of {', '.join(known)}, not {value!r}{_hint(value, known)}")
        return str(value)

    return read


def _severity(value: Any, where: str) -> Severity:
    return Severity(_one_of([level.value for level in Severity])(value, where))


def _table_of(reader: Callable[[Any, str], Value]) -> Callable[[Any, str], dict[str, Value]]:
    def read(value: Any, where: str) -> dict[str, Value]:
        return {key: reader(item, f"{where}.{key}") for key, item in _mapping(value, where).items()}

    return read


def _reason(value: Any, where: str) -> str:
    if not _text(value, where).strip():
        raise ConfigError(f"{where}: say why the finding is accepted, in a few words")
    return str(value)


def _layout(value: Any, where: str) -> Layout:
    readers: Mapping[str, Callable[[Any, str], Any]] = {"align": _flag, "sort": _one_of(SORTS), "indent": _count}
    table = _mapping(value, where)
    _refuse_unknown(table, tuple(readers), f"{where}.")
    return Layout(**{key: readers[key](item, f"{where}.{key}") for key, item in table.items()})


def _refuse_unknown(table: Mapping[str, Any], known: Sequence[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise ConfigError(f"{prefix}{key}: no such setting{_hint(key, known) or '; known: ' + ', '.join(known)}")


def _hint(word: Any, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(word).lower().replace("_", "-"), known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _words(value: Any, where: str) -> tuple[str, ...]:
    return tuple(_text(value, where).replace(",", " ").split())


def _switch(value: Any, where: str) -> bool:
    word = _text(value, where).lower()
    if word not in (*_TRUE, *_FALSE):
        raise ConfigError(f"{where}: expected 1 or 0, not {value!r}")
    return word in _TRUE


_SHARED: Mapping[str, Callable[[Any, str], Any]] = {
    "dialect": _one_of(DIALECTS),
    "fail-on": _severity,
    "mailto": _text,
    "cache-dir": _text,
    "style": _text,
    "locale": _text,
}
_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "files": _texts,
    "select": _texts,
    "ignore": _texts,
    "extend-select": _texts,
    "severity": _table_of(_severity),
    "per-file-ignores": _table_of(_texts),
    "per-entry-ignores": _table_of(_table_of(_reason)),
    **_SHARED,
    "format": _layout,
    "offline": _flag,
}
# The base addresses are no keys of the file: a repository must not decide where a user's requests go.
_ENVIRONMENT: Mapping[str, Callable[[Any, str], Any]] = {
    "select": _words,
    "ignore": _words,
    "extend-select": _words,
    **_SHARED,
    "offline": _switch,
    "crossref-url": _text,
    "doi-url": _text,
    "datacite-url": _text,
}
