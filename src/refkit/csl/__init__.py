"""A CSL 1.0.2 processor: CSL-JSON items, a style and a locale in; bibliography and citations out.

style = compile_style(style_xml, locale_xml)
for entry in Processor(style, items).bibliography():
    print(entry.id, text.write(entry.tokens))
"""

from refkit.csl.context import Cite
from refkit.csl.positions import Cluster
from refkit.csl.processor import BibliographyEntry, Processor
from refkit.csl.style import Style, compile_style

__all__ = ["BibliographyEntry", "Cite", "Cluster", "Processor", "Style", "compile_style"]
