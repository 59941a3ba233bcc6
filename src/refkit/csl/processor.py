"""Items + style -> bibliography and citations as settled runs that writers turn into text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from refkit.csl.bibliography import align_second_field, substitute_authors
from refkit.csl.collapse import Shown, join_cites
from refkit.csl.context import Cite, Context, Item, Marks
from refkit.csl.disambiguate import disambiguate
from refkit.csl.elements import TERM
from refkit.csl.finish import Token, finish
from refkit.csl.positions import NEAR_NOTE_DISTANCE, Cluster, place
from refkit.csl.sorting import SortValue, sort_values
from refkit.csl.style import Layout, Style
from refkit.csl.textcase import apply_case
from refkit.csl.tree import Node, Piece, enclose


class BibliographyEntry(NamedTuple):
    """One entry of the rendered list: the item's id and its settled run of texts and marks."""

    id: str
    tokens: list[Token]


class Processor:
    """Renders a list of CSL-JSON items in one style. The items are read, never changed.

    With `links`, URLs and DOIs become links where the writer's format has them.
    """

    def __init__(self, style: Style, items: Iterable[Mapping[str, Any]], links: bool = False) -> None:
        self.style = style
        self.links = links
        language = style.locale.language
        self.items: dict[str, Item] = {}
        for data in items:
            item = Item(data, language)
            self.items.setdefault(item.id, item)
        self.marks = {id: Marks(number) for number, id in enumerate(self.items, 1)}
        self.order = self._bibliography_order()
        if self.order != list(self.items):
            for number, id in enumerate(self.order, 1):
                self.marks[id].number = number
        disambiguate(style, [self.items[id] for id in self.order], self.marks)

    def _bibliography_order(self) -> list[str]:
        layout = self.style.bibliography
        if layout is None or not layout.sort:
            return list(self.items)
        language = self.style.locale.language
        keys = {
            id: sort_values(layout.sort, item, self.marks[id], language, bib=True) for id, item in self.items.items()
        }
        return sorted(self.items, key=keys.__getitem__)

    def bibliography(self) -> list[BibliographyEntry]:
        """The entries in the order of the style; none when it has no bibliography."""
        layout = self.style.bibliography
        if layout is None:
            return []
        trees = [self._entry(layout, id) for id in self.order]
        substitute = layout.options.get("subsequent-author-substitute")
        if substitute is not None:
            rule = layout.options.get("subsequent-author-substitute-rule", "complete-all")
            trees = substitute_authors(trees, substitute, rule)
        if layout.options.get("second-field-align"):
            trees = [align_second_field(tree) for tree in trees]
        return [
            BibliographyEntry(id, finish(tree, self.style.quotes, self.links))
            for id, tree in zip(self.order, trees, strict=True)
        ]

    def _entry(self, layout: Layout, id: str) -> Node:
        kids: list[Piece] = []
        layout.emit(Context(self.items[id], self.marks[id], in_bibliography=True), kids)
        return capitalize_term(enclose(kids, layout.format))

    def citation(self, cluster: Cluster) -> list[Token]:
        """One citation, its cites in the order of the style and collapsed as it wants; unknown ids are left out."""
        layout = self.style.citation
        cites = [cite for cite in cluster.cites if cite.id in self.items]
        if layout.sort:
            cites.sort(key=self._sort_value)
        shown = [self._shown(cite, not index) for index, cite in enumerate(cites)]
        pieces = join_cites(shown, self._cite, layout, self.style.note)
        body = enclose(pieces, layout.format)
        return finish(body, self.style.quotes, self.links)

    def document(self, clusters: Sequence[Cluster]) -> list[list[Token]]:
        """The citations of a document in order, with "ibid." and the like where the style has them."""
        distance = self.style.citation.options.get("near-note-distance", "")
        placed = place(clusters, int(distance) if distance.isdecimal() else NEAR_NOTE_DISTANCE)
        return [self.citation(cluster) for cluster in placed]

    def _sort_value(self, cite: Cite) -> tuple[SortValue, ...]:
        layout = self.style.citation
        return sort_values(layout.sort, self.items[cite.id], self.marks[cite.id], self.style.locale.language, cite)

    def _cite(self, cite: Cite, hide_author: bool = False) -> Node:
        """One cite without what the writer puts around it."""
        context = Context(self.items[cite.id], self.marks[cite.id], cite)
        context.author_hidden = context.author_hidden or hide_author
        kids: list[Piece] = []
        self.style.citation.emit(context, kids)
        return Node(kids)

    def _shown(self, cite: Cite, first: bool) -> Shown:
        marks = self.marks[cite.id]
        node = self._cite(cite)
        if self.style.note and _starts_sentence(cite, first):
            node = capitalize_term(node)
        return Shown(cite, node, marks.number, marks.suffix)


def _starts_sentence(cite: Cite, first: bool) -> bool:
    """Whether nothing of the sentence stands before the cite."""
    return first if not cite.prefix else cite.prefix.rstrip().rstrip("\"'”’").endswith((".", "!", "?"))


_OPENING = " ([“‘«"


def capitalize_term(node: Node) -> Node:
    """The cite with a capital where it begins with a term, such as "Ibid."."""
    if node.tag == TERM:
        return Node([apply_case(kid, "capitalize-first") for kid in node.kids], node.format, TERM)
    for index, kid in enumerate(node.kids):
        if isinstance(kid, Node):
            raised = capitalize_term(kid)
            if raised is kid:
                return node
            return Node([*node.kids[:index], raised, *node.kids[index + 1 :]], node.format, node.tag)
        if kid.strip(_OPENING):
            return node
    return node
