"""The second opinion: what bibtexparser makes of a block. The only file that knows bibtexparser.

It is asked about every block that is not in plain form. On plain entries both readers agree by construction (a test
compares them), and there its answer would only cost time: half of what a whole run takes.
"""

from refkit.model import Entry


def reads_alike(block: str, entry: Entry, source: str) -> bool:
    """Whether bibtexparser finds in `block` exactly this entry: type, key, field names and values as written.

    `source` is the text that the entry's offsets count in.
    """
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.exceptions import ParsingException
    from bibtexparser.model import DuplicateFieldKeyBlock
    from bibtexparser.model import Entry as TheirEntry

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        blocks = parse_string(block, parse_stack=[]).blocks
    except ParsingException:
        return False
    theirs = blocks[0] if len(blocks) == 1 else None
    if isinstance(theirs, DuplicateFieldKeyBlock):
        theirs = theirs.ignore_error_block
    if not isinstance(theirs, TheirEntry) or (theirs.entry_type, theirs.key) != (entry.type, entry.key):
        return False
    ours = [(field.name, source[field.raw_start : field.end]) for field in entry.fields]
    return ours == [(field.key.lower(), field.value) for field in theirs.fields]
