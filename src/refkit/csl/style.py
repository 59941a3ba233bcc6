"""A compiled style: parsed once, its macros turned into closures, its locale merged in."""

from dataclasses import dataclass

from refkit.csl.compiler import Compiler, Emit
from refkit.csl.elements import ELEMENTS
from refkit.csl.finish import Quotes
from refkit.csl.locale import Locale, LocaleXml, load_locale
from refkit.csl.sorting import SortKey, compile_sort
from refkit.csl.tree import Format, format_of
from refkit.csl.xml import Element, parse_xml
from refkit.errors import StyleError


@dataclass(frozen=True, slots=True)
class Layout:
    """A compiled cs:citation or cs:bibliography: its content, its format, its sort keys, its options."""

    emit: Emit
    format: Format
    sort: tuple[SortKey, ...]
    options: dict[str, str]
    tests_disambiguate: bool

    def flag(self, name: str) -> bool:
        """An option that is "true" or "false"."""
        return self.options.get(name) == "true"


@dataclass(frozen=True, slots=True)
class Style:
    """A style ready for use; `note` says that its citations are notes."""

    title: str
    note: bool
    locale: Locale
    quotes: Quotes
    citation: Layout
    bibliography: Layout | None


def compile_style(style_xml: str | bytes, locale_xml: LocaleXml, locale: str | None = None) -> Style:
    """Compile a CSL 1.0.2 style.

    `locale_xml` gives the text of a CSL locale file by its name ("de-DE"), None when there is none. `locale` overrides
    the style's own default locale. Raises StyleError when the style cannot be used: not well-formed, no style, a
    dependent one, or with macros that are missing or endless.
    """
    root = parse_xml(style_xml, "style")
    if root.tag != "style":
        raise StyleError(f"style: its root is <{root.tag}>, not <style>; give a .csl file")
    citation, bibliography = root.find("citation"), root.find("bibliography")
    if citation is None:
        raise StyleError("style: has no <citation>; give an independent style, not one that only names its parent")
    language = _language(locale or root.get("default-locale") or "en-US")
    merged = load_locale(language, list(root.all("locale")), locale_xml)
    info = root.find("info")
    title = info.find("title") if info else None
    return Style(
        title.text.strip() if title else "",
        root.get("class") == "note",
        merged,
        Quotes.of(merged),
        _layout(root, citation, merged),
        _layout(root, bibliography, merged) if bibliography else None,
    )


def _language(name: str) -> str:
    """A language tag as the locale files spell it: "de_at" becomes "de-AT"."""
    base, _, region = name.strip().replace("_", "-").partition("-")
    return f"{base.lower()}-{region.upper()}" if region else base.lower()


def _layout(style: Element, scope: Element, locale: Locale) -> Layout:
    layout = scope.find("layout")
    if layout is None:
        raise StyleError(f"style: <{scope.tag}> has no <layout>; correct the .csl file")
    compiler = Compiler(style, scope, locale, ELEMENTS)
    emit = compiler.children(layout)
    options = {**style.attributes, **scope.attributes}
    sort = compile_sort(scope.find("sort"), compiler)
    return Layout(emit, format_of(layout, layout.get("delimiter")), sort, options, compiler.tests_disambiguate)
