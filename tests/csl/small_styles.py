"""Small styles of our own, made in one line, and a locale that needs no packaged data."""

from collections.abc import Iterable, Mapping
from typing import Any

from refkit.csl import Cite, Cluster, Processor, Style, compile_style
from refkit.csl.writers import html

LOCALE = """<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">
<style-options punctuation-in-quote="true"/>
<date form="text"><date-part name="month" suffix=" "/><date-part name="day" suffix=", "/><date-part name="year"/></date>
<date form="numeric"><date-part name="month" form="numeric-leading-zeros" suffix="/"/>
<date-part name="day" form="numeric-leading-zeros" suffix="/"/><date-part name="year"/></date>
<terms>
<term name="and">and</term><term name="and" form="symbol">&amp;</term><term name="et-al">et al.</term>
<term name="ibid">ibid.</term><term name="in">in</term><term name="no date" form="short">n.d.</term>
<term name="open-quote">“</term><term name="close-quote">”</term>
<term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term>
<term name="ordinal">th</term><term name="ordinal-01">st</term><term name="ordinal-02">nd</term>
<term name="ordinal-03">rd</term><term name="ordinal-11">th</term><term name="ordinal-12">th</term>
<term name="ordinal-13">th</term><term name="long-ordinal-01">first</term>
<term name="bc"> BC</term><term name="ad"> AD</term>
<term name="month-01">January</term><term name="month-01" form="short">Jan.</term><term name="month-05">May</term>
<term name="month-12">December</term><term name="season-01">Spring</term><term name="season-03">Autumn</term>
<term name="page" form="short"><single>p.</single><multiple>pp.</multiple></term>
<term name="volume" form="short"><single>vol.</single><multiple>vols.</multiple></term>
<term name="editor" form="short"><single>ed.</single><multiple>eds.</multiple></term>
<term name="editor" form="verb">edited by</term>
<term name="translator" form="short"><single>tran.</single><multiple>trans.</multiple></term>
<term name="editortranslator" form="short"><single>ed. &amp; tran.</single><multiple>eds. &amp; trans.</multiple></term>
</terms></locale>"""


def locale_xml(name: str) -> str | None:
    return LOCALE if name == "en-US" else None


def style(
    layout: str,
    *,
    citation: str = "",
    bibliography: str = "",
    root: str = "",
    extra: str = "",
    sort: str = "",
    affixes: str = "",
    note: bool = False,
    locale: str | None = None,
) -> Style:
    """A style whose citation and bibliography share one layout; the other arguments are attributes and elements."""
    kind = "note" if note else "in-text"
    xml = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}" {root}>'
        f"<info><title>Small</title><id>small</id></info>{extra}"
        f"<citation {citation}>{sort}<layout {affixes}>{layout}</layout></citation>"
        f"<bibliography {bibliography}>{sort}<layout {affixes}>{layout}</layout></bibliography></style>"
    )
    return compile_style(xml, locale_xml, locale)


def cite(layout: str, item: Mapping[str, Any], cited: Cite | None = None, **options: Any) -> str:
    """One cite of one item, as HTML."""
    small = style(layout, **options)
    processor = Processor(small, [{"id": "x", "type": "book", **item}])
    return html.write(processor.citation(Cluster((cited or Cite("x"),))))


def cites(small: Style, items: Iterable[Mapping[str, Any]], *groups: Iterable[Cite | str]) -> list[str]:
    """Citations of several items, one a group of ids or cites, as HTML."""
    processor = Processor(small, numbered(items))
    clusters = [Cluster(tuple(each if isinstance(each, Cite) else Cite(each) for each in group)) for group in groups]
    return [html.write(run) for run in map(processor.citation, clusters)]


def entries(small: Style, items: Iterable[Mapping[str, Any]]) -> list[str]:
    """The bibliography, as HTML."""
    return [html.write(entry.tokens) for entry in Processor(small, numbered(items)).bibliography()]


def numbered(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Items with the ids "1", "2", … and the type book where they have none."""
    return [{"id": str(number), "type": "book", **item} for number, item in enumerate(items, 1)]


def people(text: str) -> list[dict[str, str]]:
    """Names written as "Family, Given; Literal"."""
    parts = [part.strip().partition(", ") for part in text.split(";")]
    return [{"family": family, "given": given} if given else {"literal": family} for family, _, given in parts]


def year(number: int) -> dict[str, Any]:
    return {"date-parts": [[number]]}
