"""Every packaged independent style loads and renders varied items and citations of them, without an exception.

    python benchmarks/csl_styles.py [--every N]                       all styles, or each N-th
    python benchmarks/csl_styles.py --against DIR [STYLE ...]          compare with citeproc-js

DIR is a folder outside the project with `npm i citeproc` done in it; node is needed. Entries and one-item citations
are compared as text.
"""

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from refkit.csl import Cite, Cluster, Processor, compile_style
from refkit.csl.styles import all_styles, locale_names, open_locale, open_style
from refkit.csl.writers import html as writer

ITEMS = Path(__file__).parents[1] / "tests/csl/items.json"
KNOWN = (
    "apa modern-language-association chicago-author-date chicago-notes-bibliography ieee nlm-citation-sequence nature "
    "harvard-cite-them-right american-medical-association elsevier-harvard springer-basic-author-date vancouver "
    "iso690-author-date-en american-chemical-society oscola cell science plos american-sociological-association"
).split()
NODE = """
const CSL = require('citeproc'), fs = require('fs');
const [,, style, items, locales] = process.argv.map((p, i) => i < 2 ? p : fs.readFileSync(p, 'utf8'));
const list = JSON.parse(items), known = JSON.parse(locales), by = Object.fromEntries(list.map(i => [i.id, i]));
CSL.debug = () => {};
const engine = new CSL.Engine({ retrieveItem: id => by[id], retrieveLocale: name => known[name] || false }, style);
engine.updateItems(list.map(i => i.id));
const bib = engine.makeBibliography();
const cites = list.map(i => engine.makeCitationCluster([{ id: i.id }]));
process.stdout.write(JSON.stringify([bib ? bib[1] : [], cites]));
"""


def render(style: str, items: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The entries of the list and a citation of each item, as HTML."""
    processor = Processor(compile_style(open_style(style).xml, open_locale), items)
    entries = [writer.write(entry.tokens) for entry in processor.bibliography()]
    ids = [str(item["id"]) for item in items]
    processor.document([Cluster((Cite(one), Cite(one, "12-14")), note) for note, one in enumerate(ids)])
    return entries, [writer.write(processor.citation(Cluster((Cite(one),)))) for one in ids]


def render_all(items: list[dict[str, Any]], every: int) -> None:
    names = [info.name for info in all_styles() if not info.parent][::every]
    failed = 0
    started = time.process_time()
    for name in names:
        try:
            render(name, items)
        except Exception as error:  # noqa: BLE001 - the point is to find any
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}")
    spent = time.process_time() - started
    print(
        f"{len(names) - failed} of {len(names)} styles render {len(items)} items; {spent / len(names):.3f} s CPU each"
    )


def as_text(markup: str) -> str:
    """Markup as plain text, blanks levelled."""
    return re.sub(
        r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</div>\s*<div", "</div> <div", markup)))
    ).strip()


def compare(folder: str, styles: list[str], items: list[dict[str, Any]], shown: int) -> None:
    locales = {name: open_locale(name) for name in locale_names()}
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for name in styles:
            texts = {"style": open_style(name).xml, "items": json.dumps(items), "locales": json.dumps(locales)}
            for part, text in texts.items():
                Path(scratch, part).write_text(text, "utf-8")
            paths = [str(Path(scratch, part)) for part in texts]
            answer = subprocess.run(["node", "-e", NODE, "-", *paths], cwd=folder, capture_output=True, check=True)
            theirs, their_cites = json.loads(answer.stdout)
            ours, our_cites = render(name, items)
            wanted, got = Counter(map(as_text, theirs)), Counter(map(as_text, ours))
            same = sum((wanted & got).values())
            cites = sum(as_text(one) == as_text(two) for one, two in zip(our_cites, their_cites, strict=True))
            total += Counter(same=same, all=len(theirs), cites=cites, items=len(items))
            print(f"{name}: {same} of {len(theirs)} entries, {cites} of {len(items)} citations are the same")
            for text in list((wanted - got).elements())[:shown]:
                print(f"    {text}")
    print(f"entries {total['same'] / total['all']:.1%}, citations {total['cites'] / total['items']:.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("styles", nargs="*", default=KNOWN)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--against", metavar="DIR")
    parser.add_argument("--show", type=int, default=0, help="print so many differing entries a style")
    options = parser.parse_args()
    items = json.loads(ITEMS.read_text("utf-8"))
    if options.against:
        compare(options.against, options.styles, items, options.show)
    else:
        render_all(items, options.every)


if __name__ == "__main__":
    sys.exit(main())
