"""Laws that hold for any text, drawn mostly from the pieces that .bib files are made of."""

from collections import Counter
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from refkit.bibtex import Layout, apply_edits, format_bibliography, format_edits, load, unified_diff, write_entry
from refkit.bibtex.grammar import HEAD, PLAIN_HEAD
from refkit.bibtex.opinion import reads_alike
from refkit.bibtex.reader import Reading, read_entry, read_plain
from refkit.bibtex.scan import reread
from refkit.files import decode, encode
from refkit.model import Bibliography, BlockKind, Edit, Entry, Field, Source

PIECES = (
    *"@{}(),=\"#%\\\n\r \t'~-",
    *("@article{", "@misc(", "@string{", "@comment{", "@preamble{", "@ book {", "\n@misc{k, ", "\n@misc{b,\n}\n\n"),
    *("key", "key, ", "title = ", "{T}", '"Q"', '{\\"o}', "\\{", "\\}", '{"}', "2020", "jan", "macro", " # ", "% c\n"),
    *("author = {A, B},\n", "crossref = {b},", "year = 1999\n", "note = {x\n@foo{y,\n}},", "}\n", "\r\n", "آب", "\0"),
    *('@string{macro = "x"}\n', "% @misc{c, t = {u}}\n", "word", "\ufeff", "\u00a0", "\u2028", "\x1f"),
)
LAYOUTS = (Layout(), Layout(align=True, indent=0), Layout(sort="key"), Layout(sort="author"), Layout(sort="year"))
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "@misc{a, t = {" + "".join(pieces) + "}}\n"),
)
layouts = st.sampled_from(LAYOUTS)


def read(text: str) -> Bibliography:
    return load(Source("refs.bib", text))


def contents(bibliography: Bibliography) -> Counter[tuple[object, ...]]:
    """All a file says, without its layout and order."""
    text = bibliography.source.text
    return Counter(
        (block.entry.type, block.entry.key, tuple(sorted((field.name, field.value) for field in block.entry.fields)))
        if block.entry
        else (block.kind, text[block.start : block.end])
        for block in bibliography.blocks
        if block.kind is not BlockKind.TEXT
    )


def words_between(bibliography: Bibliography) -> str:
    text = bibliography.source.text
    stretches = (text[block.start : block.end] for block in bibliography.blocks if block.kind is BlockKind.TEXT)
    return "".join(character for stretch in stretches for character in stretch if character not in " \t\r\n")


@given(st.binary(max_size=80))
def test_bytes_come_back(data: bytes) -> None:
    from refkit.errors import InputError

    try:
        source = decode("refs.bib", data)
    except InputError:
        return
    assert encode(source, apply_edits(source.text, ())) == data


@given(texts)
def test_blocks_cover_the_text(text: str) -> None:
    blocks = read(text).blocks
    ends = [0, *(block.end for block in blocks), len(text)]
    assert all(left.end == right.start for left, right in pairwise(blocks))
    assert all(block.start < block.end for block in blocks)
    assert (ends[0], ends[-2]) == (blocks[0].start if blocks else 0, len(text) if blocks else 0)


@given(texts)
def test_offsets_point_at_what_they_say(text: str) -> None:
    for entry in read(text).entries:
        assert text[entry.key_start : entry.key_end] == entry.key
        assert entry.start < entry.key_start <= entry.key_end < entry.end <= len(text)
        for field in entry.fields:
            assert text[field.start : field.start + len(field.name)].lower() == field.name
            assert entry.key_end <= field.start < field.raw_start <= field.end < entry.end
            assert field.value_start == -1 or text[field.value_start : field.value_end] == field.value


@given(texts)
def test_flaws_lie_in_the_text_and_can_be_repaired(text: str) -> None:
    for flaw in read(text).flaws:
        assert 0 <= flaw.start <= flaw.end <= len(text)
        apply_edits(text, flaw.edits)


@given(texts)
def test_repairing_the_syntax_loses_no_entry(text: str) -> None:
    found = read(text)
    edits = {edit: None for flaw in found.flaws for edit in flaw.edits}
    again = read(apply_edits(text, edits))
    assert Counter(entry.key for entry in again.entries) >= Counter(entry.key for entry in found.entries)


@given(texts, layouts)
@example("@e{%}@c()", LAYOUTS[0])
def test_formatting_keeps_all_that_is_said(text: str, layout: Layout) -> None:
    before = read(text)
    after = read(format_bibliography(before, layout))
    assert contents(after) == contents(before)
    assert sorted(words_between(after)) == sorted(words_between(before))


@given(texts, layouts)
@example("\r0\n@:{\x1f", LAYOUTS[0])
@example("@c{b}@e{}= ", LAYOUTS[2])
@example("%\r\nx\n@o{y}@c{,\n}", LAYOUTS[3])
@example("@o{y}{@e{d}@c{}", LAYOUTS[4])
def test_formatting_twice_is_formatting_once(text: str, layout: Layout) -> None:
    once = format_bibliography(read(text), layout)
    assert format_bibliography(read(once), layout) == once


@given(texts, st.data())
def test_an_edit_touches_nothing_else(text: str, data: st.DataObject) -> None:
    bibliography = read(text)
    fields = [field for entry in bibliography.entries for field in entry.fields if field.value_start != -1]
    if not fields:
        return
    field = data.draw(st.sampled_from(fields))
    new = apply_edits(text, [Edit(field.value_start, field.value_end, "7")])
    assert (new[: field.value_start], new[field.value_start + 1 :]) == (
        text[: field.value_start],
        text[field.value_end :],
    )


@given(texts, layouts)
def test_a_diff_tells_each_line_that_goes_and_comes(text: str, layout: Layout) -> None:
    text = text.replace("\r", "")
    edits = format_edits(read(text), layout)
    lines = unified_diff("refs.bib", text, edits).split("\n")[2:]
    removed = Counter(line[1:] for line in lines if line.startswith("-"))
    added = Counter(line[1:] for line in lines if line.startswith("+"))
    before, after = Counter(text.split("\n")), Counter(apply_edits(text, edits).split("\n"))
    changed = {line for line in before | after if before[line] != after[line] and line}
    assert all(added[line] - removed[line] == after[line] - before[line] for line in changed)


values = st.one_of(st.text('ab{}\\"#%@,= \n', max_size=12), st.text(max_size=20))


@given(st.lists(values, max_size=4))
def test_what_is_written_can_be_read(drawn: list[str]) -> None:
    made = Entry("misc", "k", tuple(Field(f"f{index}", value) for index, value in enumerate(drawn)))
    text = write_entry(made)
    found = read(text)
    assert (len(found.blocks), len(found.entries)) == (2, 1)
    assert [field.name for field in found.entries[0].fields] == [field.name for field in made.fields]
    balanced = tuple(field for field in made.fields if "{" not in field.value and "}" not in field.value)
    same = tuple(field for field in balanced if not field.value.endswith("\\"))
    assert all(found.entries[0].get(field.name) == field.value for field in same)


names = st.text("abcxyz-+:./_0123456789", min_size=1, max_size=8).filter(lambda name: not name[0].isdigit())
inner = st.recursive(st.text('ab ,=#"\n%', max_size=5), lambda more: more.map(lambda text: "{" + text + "}"))
quoted = st.recursive(st.text("ab ,=#\n%", max_size=5), lambda more: more.map(lambda text: "{" + text + "}"))
written = st.one_of(
    st.lists(inner, max_size=3).map(lambda parts: "{" + "".join(parts) + "}"),
    st.lists(quoted, max_size=3).map(lambda parts: '"' + "".join(parts) + '"'),
    st.integers(0, 3000).map(str),
    names,
)
spaces = st.sampled_from(("", " ", "\n", " \n\t"))


@st.composite
def plain_entries(draw: st.DrawFn) -> str:
    fields = draw(st.lists(st.tuples(names, written, spaces), max_size=5, unique_by=lambda field: field[0].lower()))
    body = ",".join(f"{space}{name}{space}={space}{value}{space}" for name, value, space in fields)
    return "@misc{" + draw(names) + "," + body + draw(st.sampled_from(("", ",", ",\n"))) * bool(body) + "}"


@given(plain_entries())
def test_on_plain_entries_bibtexparser_reads_the_same(text: str) -> None:
    entry = reread(text)
    assert entry is not None
    assert reads_alike(text, entry, text)


@given(st.one_of(plain_entries(), texts.map(lambda text: "@misc{k, t = {" + text)))
def test_the_quick_reader_and_the_careful_one_agree(text: str) -> None:
    reading = Reading(text, ())
    head = PLAIN_HEAD.match(text)
    assert head is not None
    quick = read_plain(reading, head, len(text))
    if quick is None:
        return
    careful = read_entry(Reading(text, ()), HEAD.match(text) or head)
    assert (careful.fields, careful.end, careful.key) == (*quick, head[2])


@given(texts)
def test_where_there_is_no_flaw_bibtexparser_reads_the_same(text: str) -> None:
    bibliography = read(text)
    flawed = [flaw.start for flaw in bibliography.flaws]
    for entry in bibliography.entries:
        if not any(entry.start <= start < entry.end for start in flawed):
            assert reads_alike(text[entry.start : entry.end], entry, text)
