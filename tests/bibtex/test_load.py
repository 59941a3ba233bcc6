"""Reading .bib text: what is an entry, what is not, and where each part stands."""

import pytest

from refkit.bibtex import load
from refkit.model import Bibliography, BlockKind, FlawKind, Source

ENTRY, STRING, PREAMBLE = BlockKind.ENTRY, BlockKind.STRING, BlockKind.PREAMBLE
COMMENT, TEXT, BROKEN = BlockKind.COMMENT, BlockKind.TEXT, BlockKind.BROKEN


def read(text: str) -> Bibliography:
    return load(Source("refs.bib", text))


def shown(text: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(entry.type, entry.key, {f.name: f.value for f in entry.fields}) for entry in read(text).entries]


def kinds(text: str) -> list[BlockKind]:
    return [block.kind for block in read(text).blocks]


def flaws(text: str) -> list[tuple[FlawKind, str]]:
    return [(flaw.kind, text[flaw.start : flaw.end]) for flaw in read(text).flaws]


CLEAN = {
    "plain": ("@article{a, title = {T}, year = 2020}", {"title": "T", "year": "2020"}),
    "trailing comma": ("@article{a,\n  title = {T},\n}", {"title": "T"}),
    "leading commas": ("@article{a\n , title = {T}\n , year = {2020}\n}", {"title": "T", "year": "2020"}),
    "key alone": ("@article{a}", {}),
    "upper case": ("@ARTICLE{a, TITLE = {T}}", {"title": "T"}),
    "quoted": ('@article{a, title = "T"}', {"title": "T"}),
    "quote in braces in quotes": ('@article{a, title = "G{\\"o}del"}', {"title": 'G{\\"o}del'}),
    "lone quote in braces": ('@article{a, title = {5" disk}, year = 1990}', {"title": '5" disk', "year": "1990"}),
    "comma and equals in value": ("@article{a, title = {x, y = {z}, w}}", {"title": "x, y = {z}, w"}),
    "deep braces": ("@article{a, title = {{{{{{T}}}}}}}", {"title": "{{{{{T}}}}}"}),
    "line breaks": ("@article{a, title = {T\n  U}}", {"title": "T\n  U"}),
    "carriage returns": ("@article{a,\r  title = {T},\r}\r", {"title": "T"}),
    "month macro": ("@article{a, month = jan}", {"month": "jan"}),
    "concatenation": ('@article{a, month = "1~" # jan}', {"month": "1~jan"}),
    "macro of the style": ("@article{a, journal = cacm}", {"journal": "cacm"}),
    "address in value": ("@article{a, note = {me@home {x}}}", {"note": "me@home {x}"}),
    "percent in value": ("@article{a, note = {50% of\nall}}", {"note": "50% of\nall"}),
    "odd field names": ("@article{a, date-added = {x}, bdsk-url-1 = {y}}", {"date-added": "x", "bdsk-url-1": "y"}),
    "same field twice": ("@article{a, note = {x}, note = {y}}", {"note": "y"}),
    "empty value": ("@article{a, note = {}}", {"note": ""}),
    "Persian": ("@book{a, title = {منابع آب}}", {"title": "منابع آب"}),
    "no-break space": ("@book{a, title\u00a0= {T}}", {"title": "T"}),
    "null character": ("@book{a, title = {T\0}}", {"title": "T\0"}),
}


@pytest.mark.parametrize(("text", "fields"), CLEAN.values(), ids=CLEAN)
def test_reads_without_a_flaw(text: str, fields: dict[str, str]) -> None:
    found = read(text)
    assert ([{f.name: f.value for f in entry.fields} for entry in found.entries], found.flaws) == ([fields], ())


KEYS = {
    "Latin": ("@misc{smith2020,}", "smith2020"),
    "colons and slashes": ("@misc{DBLP:conf/x/Y-1+2,}", "DBLP:conf/x/Y-1+2"),
    "equals sign": ("@misc{a=b, title = {T}}", "a=b"),
    "parentheses": ("@misc{smith(2020), title = {T}}", "smith(2020)"),
    "Persian": ("@misc{کرمی, title = {T}}", "کرمی"),
    "space": ("@misc{my key, title = {T}}", "my key"),
    "none": ("@misc{, title = {T}}", ""),
    "quote": ('@misc{O"Neil, title = {T}}', 'O"Neil'),
    "on its own line": ("@misc{\n  a\n  ,\n  title = {T}}", "a"),
    "in parentheses": ("@misc(a, title = {T})", "a"),
}


@pytest.mark.parametrize(("text", "key"), KEYS.values(), ids=KEYS)
def test_keys(text: str, key: str) -> None:
    entry = read(text).entries[0]
    assert (entry.key, text[entry.key_start : entry.key_end]) == (key, key)


BLOCKS = {
    "nothing": ("", []),
    "prose": ("a reference list", [TEXT]),
    "entries and text": ("a\n@misc{k,}\nb", [TEXT, ENTRY, TEXT]),
    "two on one line": ("@misc{a,}@misc{b,}", [ENTRY, ENTRY]),
    "comment with an entry in it": ("@comment{ @misc{a,} }", [COMMENT]),
    "comment without braces": ("@comment a\n@misc{a,}", [TEXT, ENTRY]),
    "unclosed comment": ("@comment{ a\n@misc{a,}", [COMMENT, TEXT, ENTRY]),
    "JabRef settings": ("@Comment{jabref-meta: databaseType:bibtex;}", [COMMENT]),
    "string": ('@string{a = "x" # "y"}', [STRING]),
    "string with trailing comma": ('@string{a = "x",}', [STRING]),
    "string in parentheses": ("@STRING(a = {x})", [STRING]),
    "preamble": ('@preamble{"\\newcommand{\\x}{y}" # "z"}', [PREAMBLE]),
    "parenthesis in quotes": ('@article(a, title = "x) y")', [ENTRY]),
    "parenthesis in braces": ("@article(a, title = {x) y})", [ENTRY]),
    "address": ("write to me@home (office)", [TEXT]),
    "address with brace": ("me@home {x}", [TEXT]),
    "lone at sign": ("@ @@ @{ @( a", [TEXT]),
    "commented out": ("% @misc{a, title = {T}}", [TEXT]),
    "commented out, line by line": ("%@misc{a,\n%  title = {T}\n%}\n@misc{b,}", [TEXT, ENTRY]),
    "commented out behind an entry": ("@misc{a,} % @misc{b,}", [ENTRY, TEXT]),
    "entry after a comment line": ("% 100 %\n@misc{b,}", [TEXT, ENTRY]),
    "at sign at line start in a value": ("@misc{a, note = {x\n@foo{b,\n}}}", [ENTRY]),
    "broken, then fine": ("@misc{a, title = {T\n@misc{b,}", [BROKEN, TEXT, ENTRY]),
    "broken inside": ("@misc{a, title {T}}\n@misc{b,}", [BROKEN, TEXT, ENTRY]),
    "broken to the end": ("@misc{a, title = {T", [BROKEN]),
    "byte order mark": ("\ufeff@misc{a,}", [TEXT, ENTRY]),
}


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(text: str, expected: list[BlockKind]) -> None:
    assert kinds(text) == expected


FLAWS = {
    "missing comma between fields": (
        "@misc{a, title = {T}\n year = {2020}}",
        [(FlawKind.MISSING_COMMA, "")],
        {"title": "T", "year": "2020"},
    ),
    "missing comma after a number": (
        "@misc{a, year = 2020\n month = jan}",
        [(FlawKind.MISSING_COMMA, "")],
        {"year": "2020", "month": "jan"},
    ),
    "missing comma after the key": ("@misc{a\n title = {T}}", [(FlawKind.MISSING_COMMA, "")], {"title": "T"}),
    "missing comma after the key, one line": ("@misc{a title = {T}}", [(FlawKind.MISSING_COMMA, "")], {"title": "T"}),
    "comma twice": ("@misc{a,, title = {T}}", [(FlawKind.EXTRA_COMMA, ",")], {"title": "T"}),
    "words without braces": (
        "@misc{a, title = Some {Big} words, year = 2020}",
        [(FlawKind.UNQUOTED_VALUE, "Some {Big} words")],
        {"title": "Some {Big} words", "year": "2020"},
    ),
    "page range without braces": ("@misc{a, pages = 1--2}", [(FlawKind.UNQUOTED_VALUE, "1--2")], {"pages": "1--2"}),
    "no value": ("@misc{a, title = , year = 1}", [(FlawKind.MISSING_VALUE, "title")], {"title": "", "year": "1"}),
    "field name with space": ("@misc{a, my note = {x}}", [(FlawKind.BAD_FIELD_NAME, "my note")], {"my note": "x"}),
    "entry inside a value": (
        "@misc{a, title = {T,\n@misc{b,\n year = 1}}}",
        [(FlawKind.ENTRY_IN_VALUE, "@misc{")],
        {"title": "T,\n@misc{b,\n year = 1}"},
    ),
    "space after the at sign": ("@ misc{a, note = {x}}", [(FlawKind.SPACED_TYPE, "@ misc")], {"note": "x"}),
    "commented-out field": (
        "@misc{a,\n % year = {1},\n title = {T}}",
        [(FlawKind.COMMENTED_FIELD, "% year = {1},")],
        {"title": "T"},
    ),
    "undefined macro": ("@misc{a, journal = foo}", [(FlawKind.UNDEFINED_MACRO, "foo")], {"journal": "foo"}),
    "macro before its definition": (
        '@misc{a, journal = foo}@string{foo = "F"}',
        [(FlawKind.UNDEFINED_MACRO, "foo")],
        {"journal": "foo"},
    ),
    "unused macro": ('@string{foo = "F"}@misc{a,}', [(FlawKind.UNUSED_MACRO, "foo")], {}),
    "text after an early brace": (
        "@misc{a, title = {T}},\n year = {2020}\n}\n",
        [(FlawKind.STRAY_TEXT, ",\n year = {2020}\n}")],
        {"title": "T"},
    ),
    "entry without its at sign": (
        "article{b,\n title = {T}}\n@misc{a,}",
        [(FlawKind.STRAY_TEXT, "article{b,\n title = {T}}")],
        {},
    ),
    "escaped brace": (
        "@misc{a, title = {x \\{ y}, z = {1}}}",
        [(FlawKind.DISAGREEMENT, "@misc{")],
        {"title": "x \\{ y}, z = {1}"},
    ),
    "quotes inside braces inside quotes": (
        '@misc{a, title = "a {b "c" d"} e"}',
        [(FlawKind.DISAGREEMENT, "@misc{")],
        {"title": 'a {b "c" d"} e'},
    ),
}


@pytest.mark.parametrize(("text", "expected", "fields"), FLAWS.values(), ids=FLAWS)
def test_reads_on_after_a_flaw(text: str, expected: list[tuple[FlawKind, str]], fields: dict[str, str]) -> None:
    assert (flaws(text), {f.name: f.value for f in read(text).entries[0].fields}) == (expected, fields)


BROKEN_ENTRIES = {
    "unclosed brace": ("@misc{a, title = {T\n@misc{b,}", FlawKind.UNCLOSED_BRACE, "{"),
    "unclosed brace of a value": ("@misc{a,\n title = {T,\n year = 1\n}\n@misc{b,}", FlawKind.UNCLOSED_BRACE, "{"),
    "entry not closed": ("@misc{a,\n title = {T}\n\n@misc{b,}", FlawKind.UNCLOSED_BRACE, "{"),
    "unclosed quote": ('@misc{a, title = "T}\n@misc{b,}', FlawKind.UNCLOSED_QUOTE, '"'),
    "brace open in quotes": ('@misc{a, title = "x { y"}\n@misc{b,}', FlawKind.UNCLOSED_QUOTE, '"'),
    "quote in quotes": ('@misc{a, title = "5" disk"}\n@misc{b,}', FlawKind.BROKEN, "d"),
    "no equals sign": ("@misc{a, title {T}}\n@misc{b,}", FlawKind.BROKEN, "title"),
    "no key": ("@misc{title = {T}}\n@misc{b,}", FlawKind.BROKEN, "title"),
    "nothing after a hash": ("@misc{a, title = x # }\n@misc{b,}", FlawKind.BROKEN, "#"),
    "string without value": ("@string{a}\n@misc{b,}", FlawKind.BROKEN, "a"),
}


@pytest.mark.parametrize(("text", "kind", "at"), BROKEN_ENTRIES.values(), ids=BROKEN_ENTRIES)
def test_a_broken_entry_is_told_and_its_neighbour_read(text: str, kind: FlawKind, at: str) -> None:
    assert (flaws(text), shown(text)) == ([(kind, at)], [("misc", "b", {})])


REPAIRED = {
    "comma": ("@misc{a, title = {T}\n year = 1}", "@misc{a, title = {T},\n year = 1}"),
    "comma too many": ("@misc{a,, title = {T},}", "@misc{a, title = {T},}"),
    "braces": ("@misc{a, title = Some words}", "@misc{a, title = {Some words}}"),
    "at sign": ("@ \nmisc{a,}", "@misc{a,}"),
}


@pytest.mark.parametrize(("text", "fixed"), REPAIRED.values(), ids=REPAIRED)
def test_the_edits_of_a_flaw_repair_it(text: str, fixed: str) -> None:
    from refkit.bibtex import apply_edits

    repaired = apply_edits(text, [edit for flaw in read(text).flaws for edit in flaw.edits])
    assert (repaired, flaws(repaired)) == (fixed, [])


def test_a_value_takes_the_macros_above_it() -> None:
    text = '@string{j = "Old"}@misc{a, journal = j}@string{J = j # " and new"}@misc{b, journal = "The " # j}'
    found = read(text)
    values = [entry.get("journal") for entry in found.entries]
    assert (values, found.strings) == (["Old", "The Old and new"], {"j": "Old and new"})


def test_macros_made_of_macros_stay_small() -> None:
    text = '@string{s = "0123456789"}' + "@string{s = s # s}" * 64 + "@misc{a, note = s}"
    assert len(read(text).entries[0].get("note")) < 100_000


def test_offsets() -> None:
    text = 'x\n@Article{k,\n  Title = {T},\n  year=1999, month = jan, note = "a" # b }'
    entry = read(text).entries[0]
    parts = [
        (text[f.start : f.end], text[f.raw_start : f.end], text[f.value_start : f.value_end]) for f in entry.fields
    ]
    assert (text[entry.start : entry.end], parts) == (
        text[2:],
        [
            ("Title = {T}", "{T}", "T"),
            ("year=1999", "1999", "1999"),
            ("month = jan", "jan", ""),
            ('note = "a" # b', '"a" # b', ""),
        ],
    )
