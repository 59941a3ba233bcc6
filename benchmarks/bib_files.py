"""CPU time and memory of refkit on .bib files of growing size, beside bibtex-tidy and biber where they are installed.

    python benchmarks/bib_files.py [--folder DIR] [--repeat N] [--skip-large]

The files are made here, the same at each run: articles, books and chapters with accents, Persian titles, abstracts,
macros and file links, about 800 bytes an entry. Each figure is the whole process (user + system CPU seconds, the best
of N) and its peak memory. bibtex-tidy is looked for as `bibtex-tidy`, biber as `biber`.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

FAMILY = "Karami Smith García Müller Nguyen Hosseini O'Neil Kowalska Özdemir Wang Dubois Rossi Ahmadi Sørensen".split()
GIVEN = "Ana John Maryam Wei Ali Zofia Jean-Pierre Sara Bjørn Leila Marco Ngọc".split()
WORDS = """analysis of the soil water {DNA} network model urban policy climate under learning river effect on {Iran}
growth evidence from structural change identity memory language theory field study graph method {\\"o}konomie""".split()
PERSIAN = "بررسی تأثیر فرسایش خاک بر منابع آب در حوضه‌های آبخیز شمال ایران".split()
JOURNALS = ("Journal of Hydrology", "Soil \\& Tillage Research", "Quaestio Rossica", "Nature", "IEEE Access")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SIZES = {"1": 1, "57": 57, "500": 500, "5,000": 5_000, "10,000": 10_000, "100,000": 100_000}
LARGE = 50_000


def entry(number: int, chance: random.Random) -> str:
    """One entry of a mixed library."""
    title = " ".join(chance.choices(PERSIAN if number % 12 == 0 else WORDS, k=9))
    authors = " and ".join(f"{chance.choice(FAMILY)}, {chance.choice(GIVEN)}" for _ in range(chance.randint(1, 4)))
    family = authors.split(",")[0].lower()
    fields = [f"author = {{{authors}}}", f"title = {{{title}}}"]
    fields += _venue(number, chance)
    fields += [f"year = {{{chance.randint(1950, 2024)}}}", f"doi = {{10.{chance.randint(1000, 9999)}/x.{number}}}"]
    if number % 2 == 0:
        fields.append(f"abstract = {{{' '.join(chance.choices(WORDS, k=140))}.}}")
    if number % 5 == 0:
        fields.append(f"file = {{:files/{family}-{number}.pdf:PDF}}")
    kind = ("article", "article", "book", "incollection")[number % 4]
    body = ",\n  ".join(fields)
    return f"@{kind}{{{family.replace(chr(39), '')}{number},\n  {body},\n}}\n\n"


def _venue(number: int, chance: random.Random) -> list[str]:
    if number % 4 < 2:
        first = chance.randint(1, 900)
        journal = "journal = joh" if number % 7 == 0 else f"journal = {{{chance.choice(JOURNALS)}}}"
        volume, pages = chance.randint(1, 90), f"{first}--{first + 12}"
        return [journal, f"volume = {{{volume}}}", f"pages = {{{pages}}}", f"month = {chance.choice(MONTHS)}"]
    names = ["publisher = {Springer}", "address = {Berlin}", f"isbn = {{978-3-16-{number % 1_000_000:06d}-0}}"]
    return names if number % 4 == 2 else ["booktitle = {Handbook of Things}", *names]


def library(count: int) -> Iterator[str]:
    """The text of a library of `count` entries, piece by piece."""
    chance = random.Random(20)
    yield '@string{joh = "Journal of Hydrology"}\n\n'
    for number in range(count):
        yield entry(number, chance)


def make_files(folder: Path, large: bool) -> list[Path]:
    """The files to measure, those of the sizes wanted and one with a field of 1 MB."""
    paths = []
    for label, count in SIZES.items():
        if count <= LARGE or large:
            path = folder / f"{label.replace(',', '')}.bib"
            with path.open("w", encoding="utf-8") as stream:
                stream.writelines(library(count))
            paths.append(path)
    field = folder / "field-1mb.bib"
    field.write_text("@misc{one,\n  title = {A},\n  abstract = {" + "a {b} c, " * 116_500 + "},\n}\n", encoding="utf-8")
    return [*paths, field]


def measure(command: list[str], written: Path, repeat: int) -> tuple[float, float] | None:
    """CPU seconds (the best of `repeat`) and peak MiB of a command; None when it does not write its result."""
    best, peak = float("inf"), 0.0
    for _ in range(repeat):
        written.unlink(missing_ok=True)
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1) or not written.exists():
            return None
        best = min(best, usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return best, peak


def written(folder: Path) -> Path:
    """Where each tool writes its result."""
    return folder / "out.bib"


def tools(folder: Path) -> dict[str, Callable[[Path], list[str]]]:
    """Each tool that is installed, as a function from a file to its command line."""
    refkit, out = [sys.executable, "-m", "refkit"], str(written(folder))
    known: dict[str, Callable[[Path], list[str]]] = {
        "refkit format": lambda path: [*refkit, "format", str(path), "-o", out],
        "refkit validate": lambda path: [*refkit, "validate", "--offline", str(path), "-o", out],
    }
    if tidy := shutil.which("bibtex-tidy"):
        known["bibtex-tidy"] = lambda path: [tidy, str(path), "--v2", "-o", out]
    if biber := shutil.which("biber"):
        known["biber --tool"] = lambda path: [biber, "--tool", "--quiet", "-O", out, str(path)]
    return known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where the files go; a temporary folder otherwise")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--skip-large", action="store_true", help="leave out the file of 100,000 entries")
    parser.add_argument("--only", default="", help="only tools whose name contains this")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report(make_files(folder, not options.skip_large), folder, options)


def report(paths: list[Path], folder: Path, options: argparse.Namespace) -> None:
    """Print one line per file and tool."""
    known = tools(folder)
    print(time.strftime("%Y-%m-%d"), "CPU seconds, peak MiB")
    for path in paths:
        size = path.stat().st_size
        for name, command in known.items():
            slow = name == "biber --tool" and size > 500_000
            if options.only not in name or slow:
                continue
            result = measure(command(path), written(folder), 1 if size > 20_000_000 else options.repeat)
            figures = f"{result[0]:8.2f} s {result[1]:7.0f} MiB" if result else "  failed"
            print(f"{path.name:14} {size / 1e6:6.2f} MB  {name:16} {figures}", flush=True)


if __name__ == "__main__":
    main()
