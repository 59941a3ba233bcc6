"""`refkit cache`: what the cache of answers holds, and clearing it."""

from pathlib import Path

from refkit.config import load_settings
from refkit.verify.cache import clear as clear_cache
from refkit.verify.cache import info
from refkit.verify.options import CACHE_NAME, default_folder

_NAMES = {
    "work": "records of Crossref",
    "notices": "searches for notices",
    "agency": "registration agencies",
    "datacite": "records of DataCite",
    "csl": "records of other agencies",
    "alias": "aliases",
    "search": "searches",
    "slip": "guesses at misprinted DOIs",
}


def show() -> str:
    """Path, size and number of answers."""
    held = info(_folder())
    lines = [f"{held.path}"]
    if not held.answers:
        return f"{lines[0]}\n  empty\n"
    lines += [f"  {count:6} {_NAMES.get(kind, kind)}" for kind, count in held.answers.items()]
    lines.append(f"  {held.size / 1_000_000:.1f} MB, the oldest answer is {held.oldest_days:.0f} days old")
    return "\n".join(lines) + "\n"


def clear() -> str:
    """Remove all answers."""
    folder = _folder()
    count = clear_cache(folder)
    return f"{folder / CACHE_NAME}\n  {count} answers removed\n"


def _folder() -> Path:
    settings = load_settings()
    return Path(settings.cache_dir) if settings.cache_dir else default_folder()
