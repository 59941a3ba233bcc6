"""Joining the cites of a citation: delimiters, cite groups, collapsed numbers, years and year suffixes."""

from collections.abc import Callable, Mapping

from refkit.csl.context import Cite, Item, Marks
from refkit.csl.style import Layout
from refkit.csl.tree import Node, Piece

RenderCite = Callable[..., Node]


def join_cites(
    cites: list[Cite], render: RenderCite, items: Mapping[str, Item], marks: Mapping[str, Marks], layout: Layout
) -> list[Piece]:
    """The cites of one citation with what stands between them."""
    out: list[Piece] = []
    for cite in cites:
        if out:
            out.append(layout.format.delimiter)
        out.append(render(cite))
    return out
