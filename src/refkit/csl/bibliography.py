"""What cs:bibliography adds to its entries: subsequent-author-substitute and second-field-align."""

from refkit.csl.names import NAME, NAMES
from refkit.csl.tree import NAME_LIST, PLAIN, Format, Names, Node, Piece, find, plain

_LEFT = Format(display="left-margin")
_RIGHT = Format(display="right-inline")


def substitute_authors(trees: list[Node], substitute: str, rule: str) -> list[Node]:
    """Replace the names of an entry by `substitute` where they are those of the entry before."""
    out = []
    before: list[object] = []
    for tree in trees:
        names = find(tree, NAMES)
        if names is None:
            before = []
            out.append(tree)
            continue
        target = find(names, NAME_LIST) or names
        people = _people(target)
        replacement = _replace(target, people, before, substitute, rule)
        out.append(tree if replacement is target else _swap(tree, target, replacement))
        before = people
    return out


def _people(target: Node) -> list[object]:
    """The people, whether shown or not; where names were substituted by something else, its text."""
    if not isinstance(target, Names):
        return [plain(kid) for kid in target.kids]
    return [each._replace(family=each.literal or each.family, literal="") for each in target.people]


def _replace(target: Node, people: list[object], before: list[object], substitute: str, rule: str) -> Node:
    same = people == before and bool(people)
    if rule in ("complete-all", "complete-each"):
        if not same:
            return target
        if rule == "complete-all" or target.tag != NAME_LIST:
            return Node([substitute], PLAIN if target.tag == NAME_LIST else target.format, target.tag)
        return _replace_names(target, len(people), substitute)
    if target.tag != NAME_LIST:
        return Node([substitute], target.format, target.tag) if same else target
    count = 0
    for one, other in zip(people, before, strict=False):
        if one != other:
            break
        count += 1
    if rule == "partial-first":
        count = min(count, 1)
    return _replace_names(target, count, substitute) if count else target


def _replace_names(target: Node, count: int, substitute: str) -> Node:
    """The list with its first `count` names replaced."""
    kids: list[Piece] = []
    for kid in target.kids:
        if isinstance(kid, Node) and kid.tag == NAME and count > 0:
            kids.append(Node([substitute], PLAIN, NAME))
            count -= 1
        else:
            kids.append(kid)
    return Node(kids, target.format, target.tag)


def _swap(node: Node, old: Node, new: Node) -> Node:
    """A copy of the tree with one node replaced."""
    if node is old:
        return new
    kids: list[Piece] = [_swap(kid, old, new) if isinstance(kid, Node) else kid for kid in node.kids]
    return Node(kids, node.format, node.tag)


def align_second_field(tree: Node) -> Node:
    """The first field in the margin, the rest beside it."""
    prefix, *content, suffix = tree.kids
    if len(content) < 2:
        return tree
    left = Node([prefix, content[0]], _LEFT)
    right = Node([*content[1:], suffix], _RIGHT)
    return Node([left, right], tree.format)
