"""What the settings silence: rules in some files, and rules in single entries, each with its reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from refkit.model import Entry, Finding
from refkit.rules import finding

Ignores = Mapping[str, Mapping[str, str]]


def ignored_in_file(name: str, root: Path, per_file: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The codes that `per-file-ignores` silence in the file `name`; globs are seen from `root`."""
    if not per_file:
        return frozenset()
    names = (_seen_from(root, name), PurePosixPath(Path(name).name).as_posix())
    return frozenset(code for glob, codes in per_file.items() if _matches(names, glob) for code in codes)


def _seen_from(root: Path, name: str) -> str:
    path = Path(name).absolute()
    folder = root.absolute()
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _matches(names: Sequence[str], glob: str) -> bool:
    return any(fnmatch(name, glob) or fnmatch(name, glob.removeprefix("**/")) for name in names)


def without_ignored(
    findings: Sequence[Finding], in_file: frozenset[str], per_entry: Ignores
) -> tuple[list[Finding], set[tuple[str, str]]]:
    """The findings that no setting silences, and the (key, code) pairs of `per-entry-ignores` that were of use."""
    kept: list[Finding] = []
    used: set[tuple[str, str]] = set()
    for found in findings:
        pairs = (
            {(found.key, code) for code in per_entry.get(found.key, ()) if found.code.startswith(code)}
            if found.key
            else set()
        )
        used |= pairs
        if not pairs and not found.code.startswith(tuple(in_file)):
            kept.append(found)
    return kept, used


def unused_ignores(
    entries: Sequence[Entry], per_entry: Ignores, used: set[tuple[str, str]], judged: Callable[[str], bool]
) -> Iterator[Finding]:
    """RK010 for each code of `per-entry-ignores` that silences nothing in an entry of the file."""
    for entry in entries if per_entry else ():
        for code in per_entry.get(entry.key, ()):
            if (entry.key, code) not in used and judged(code):
                message = f"the settings silence {code} here, but it finds nothing; remove it from per-entry-ignores"
                yield finding("RK010", max(entry.key_start, 0), max(entry.key_end, 0), message, key=entry.key)
