"""Entries -> a rendered list: languages, order, formats, citations."""

import pytest

from refkit.errors import InputError, StyleError
from refkit.export import DATA_FORMATS, FORMATS, Rendering, cite, convert, render, select
from refkit.model import Entry, Field


def make(kind: str, key: str, **fields: str) -> Entry:
    return Entry(kind, key, tuple(Field(name, value) for name, value in fields.items()))


SMITH = make("book", "smith", author="Smith, John", title=r"The {NATO} \& \emph{us}", publisher="P", year="2019")
ADAMS = make("article", "adams", author="Adams, Ann and Bee, Bo and others", title="On $x$ < 5", journal="J",
             year="2018", volume="2", pages="1--9", doi="10.1000/a_b", language="en")  # fmt: skip
HOSSEINI = make("article", "hosseini", author="حسینی, سید محمد and رضایی, علی", title="روابط ایران و روسیه؟",
                journal="فصلنامه", year="2019", solaryear="1398", volume="12", number="3", pages="45--60",
                url="https://a.ir/12,5", language="fa")  # fmt: skip
KARAMI = make(
    "book", "karami", author="کرمی, جهانگیر", title="سیاست; خارجی", publisher="نشر نی", year="2021", edition="2"
)
TRANSLATED = make("article", "zarei", author="Zarei, A.", title="A study of trade and its effects", journal="J",
                  year="2020", language="fa")  # fmt: skip
IVANOV = make("book", "ivanov", author="Иванов, Иван and Петров, Пётр", title="Россия", publisher="Наука", year="2015",
              language="ru")  # fmt: skip
MIXED = [SMITH, HOSSEINI, ADAMS, KARAMI, TRANSLATED, IVANOV]
CSL = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>S</title><id>s</id>
<updated>2020-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation></style>"""

TEXTS = {
    "markup in a title": ([SMITH], {}, "Smith, J. (2019). The NATO & us. P.\n"),
    "and others": (
        [ADAMS],
        {},
        "Adams, A., Bee, B., et al. (2018). On x < 5. J, 2, 1–9. https://doi.org/10.1000/a_b\n",
    ),
    "Persian in an English list": (
        [HOSSEINI],
        {},
        "حسینی, س. م., & رضایی, ع. (2019). روابط ایران و روسیه؟ فصلنامه, 12(3), 45–60. https://a.ir/12,5\n",
    ),
    "Persian in its own locale": (
        [HOSSEINI],
        {"locale_per_item": True},
        "حسینی، س. م.، و رضایی، ع. (1398). روابط ایران و روسیه؟ فصلنامه، 12(3)، 45–60. https://a.ir/12,5\n",
    ),
    "Persian digits, not in addresses": (
        [HOSSEINI],
        {"locale_per_item": True, "digits": "persian"},
        "حسینی، س. م.، و رضایی، ع. (۱۳۹۸). روابط ایران و روسیه؟ فصلنامه، ۱۲(۳)، ۴۵–۶۰. https://a.ir/12,5\n",
    ),
    "Persian without a language, edition behind its label": (
        [KARAMI],
        {"locale": "fa-IR", "digits": "persian"},
        "کرمی، ج. (۲۰۲۱). سیاست؛ خارجی (ویرایش ۲). نشر نی.\n",
    ),
    "English in a Persian list": ([SMITH], {"locale": "fa"}, "Smith, J. (2019). The NATO & us. P.\n"),
    "digits of English entries stay": ([SMITH], {"digits": "persian"}, "Smith, J. (2019). The NATO & us. P.\n"),
    "Russian in its own locale": (
        [IVANOV],
        {"locale_per_item": True, "style": "chicago-author-date"},
        "Иванов, Иван, и Пётр Петров. 2015. Россия. Наука.\n",
    ),
    "a translated title is English": (
        [TRANSLATED],
        {"locale_per_item": True, "style": "mla"},
        "Zarei, A. “A Study of Trade and Its Effects.” J, 2020.\n",
    ),
    "a note of the language": (
        [TRANSLATED, HOSSEINI, SMITH],
        {"language_notes": True, "sort": "file"},
        "Zarei, A. (2020). A study of trade and its effects. J. [In Persian]\n"
        "حسینی, س. م., & رضایی, ع. (2019). روابط ایران و روسیه؟ فصلنامه, 12(3), 45–60. https://a.ir/12,5\n"
        "Smith, J. (2019). The NATO & us. P.\n",
    ),
    "numbers follow the file": (
        [SMITH, ADAMS],
        {"style": "ieee"},
        "[1] J. Smith, The NATO & us. P, 2019.\n"
        "[2] A. Adams, B. Bee, et al., “On x < 5,” J, vol. 2, pp. 1–9, 2018, doi: 10.1000/a_b.\n",
    ),
    "two entries under one key": (
        [SMITH, SMITH],
        {},
        "Smith, J. (2019a). The NATO & us. P.\nSmith, J. (2019b). The NATO & us. P.\n",
    ),
    "control characters are shown": (
        [make("book", "k", title="a\x1b[31mb\u202ec")],
        {},
        "a\\x1b[31mb\\x202ec. (n.d.).\n",
    ),
    "sets are no works": ([make("set", "s", entryset="smith"), SMITH], {}, "Smith, J. (2019). The NATO & us. P.\n"),
    "what the style leaves out": (
        [make("inreference", "b", title="Shakespeare", booktitle="Britannica")],
        {"style": "chicago-author-date"},
        "",
    ),
    "no entry": ([], {}, ""),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "options", "text"), TEXTS.values(), ids=TEXTS)
def test_texts(entries: list[Entry], options: dict[str, object], text: str) -> None:
    assert render(entries, Rendering(**options)) == text  # type: ignore[arg-type]


ORDERS = {
    "style": ({}, ["Adams", "Smith", "Zarei", "Иванов", "حسینی", "کرمی"]),
    "file": ({"sort": "file"}, ["Smith", "حسینی", "Adams", "کرمی", "Zarei", "Иванов"]),
    "Persian first in a Persian list": (
        {"locale": "fa-IR"},
        ["حسینی", "کرمی", "Adams", "Smith", "Zarei", "Иванов"],
    ),
    "per item": ({"locale_per_item": True}, ["Adams", "Smith", "Zarei", "Иванов", "حسینی", "کرمی"]),
}


@pytest.mark.parametrize(("options", "names"), ORDERS.values(), ids=ORDERS)
def test_order(options: dict[str, object], names: list[str]) -> None:
    lines = render(MIXED, Rendering(**options)).splitlines()  # type: ignore[arg-type]
    assert [line.replace("،", ",").partition(",")[0] for line in lines] == names


HTML = {
    "english": (SMITH, '<div class="csl-entry" id="ref-smith" lang="en-US" dir="ltr">Smith, J. (2019). <i>The NATO '
                       '&#38; <span style="font-style:normal;">us</span></i>. P.</div>'),
    "link": (ADAMS, '<a href="https://doi.org/10.1000/a_b">https://doi.org/10.1000/a_b</a></div>'),
    "escaped": (ADAMS, "On x &#60; 5."),
    "persian": (HOSSEINI, 'id="ref-hosseini" lang="fa" dir="rtl">'),
    "guessed": (KARAMI, 'id="ref-karami" lang="fa" dir="rtl">'),
    "translated": (TRANSLATED, 'id="ref-zarei" lang="en" dir="ltr">'),
    "odd key": (make("book", 'a"<b', title="T"), 'id="ref-a&quot;&lt;b"'),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "part"), HTML.values(), ids=HTML)
def test_html(entry: Entry, part: str) -> None:
    assert part in render([entry], Rendering(to="html"))


def test_a_language_note_stands_in_the_last_block() -> None:
    page = render([TRANSLATED], Rendering(style="ieee", to="html", language_notes=True))
    assert "2020. [In Persian]</div></div>" in page


PAGES = {
    "markdown": "Smith, J. (2019). *The NATO \\& us*. P.\n",
    "latex": "\\begin{list}{}{\\setlength{\\leftmargin}{2em}\\setlength{\\itemindent}{-2em}}\n"
    "\\item \\hypertarget{ref-smith}{}Smith, J. (2019). \\textit{The NATO \\& \\textup{us}}. P.\n\\end{list}\n",
    "rtf": "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\n"
    "\\pard\\ltrpar\\li720\\fi-720 Smith, J. (2019). {\\i The NATO & {\\i0 us}}. P.\\par\n}\n",
}


@pytest.mark.parametrize(("to", "page"), PAGES.items(), ids=PAGES)
def test_pages(to: str, page: str) -> None:
    assert render([SMITH], Rendering(to=to)) == page


RIGHT_TO_LEFT = {
    "latex": "\\foreignlanguage{persian}{کرمی",
    "rtf": "\\pard\\rtlpar\\qr\\li720\\fi-720 \\u1705?\\u1585?\\u1605?\\u1740?",
    "html": 'dir="rtl"',
}


@pytest.mark.parametrize(("to", "part"), RIGHT_TO_LEFT.items(), ids=RIGHT_TO_LEFT)
def test_right_to_left(to: str, part: str) -> None:
    assert part in render([KARAMI], Rendering(to=to))


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_prints_every_entry(to: str) -> None:
    page = render(MIXED, Rendering(to=to))
    assert all(name in page for name in ("Smith", "Adams", "Zarei"))


CITATIONS = {
    "author-date": ("apa", ["smith"], "(Smith, 2019)"),
    "two": ("apa", ["smith", "adams"], "(Adams et al., 2018; Smith, 2019)"),
    "number": ("ieee", ["adams"], "[3]"),
    "note": ("chicago-notes-bibliography", ["smith"], "John Smith, The NATO & Us (P, 2019)."),
}


@pytest.mark.parametrize(("style", "keys", "text"), CITATIONS.values(), ids=CITATIONS)
def test_citations(style: str, keys: list[str], text: str) -> None:
    assert cite(MIXED, keys, Rendering(style=style)) == text


def test_selection_keeps_the_order_of_the_file() -> None:
    assert select(MIXED, ["karami", "smith"]) == [SMITH, KARAMI]


@pytest.mark.parametrize(("key", "hint"), [("smiht", "did you mean 'smith'"), ("zzzz", "has the key 'zzzz'$")])
def test_unknown_keys_are_told(key: str, hint: str) -> None:
    with pytest.raises(InputError, match=hint):
        select(MIXED, [key])


def test_an_unknown_locale_is_told() -> None:
    with pytest.raises(StyleError, match="no locale is called 'xx'; use one of: "):
        render([SMITH], Rendering(locale="xx"))


def test_a_style_without_bibliography_cites_only(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "s.csl"
    path.write_text(CSL)
    assert cite([SMITH], ["smith"], Rendering(style=str(path))) == "The NATO & us"
    with pytest.raises(StyleError, match="has no bibliography; print citations with --cite KEY"):
        render([SMITH], Rendering(style=str(path)))


INHERITED = {
    "a paper takes over its proceedings": (
        [
            make("inproceedings", "a", author="A, B", title="Paper", crossref="C"),
            make("proceedings", "c", title="Proc", editor="E, F", year="2019", publisher="P", doi="10.1/whole"),
        ],
        "A, B. (2019). Paper. In F. E (Ed.), Proc. P.",
    ),
    "its own fields win": (
        [
            make("incollection", "a", author="A, B", title="Part", booktitle="Own", year="2018", crossref="c"),
            make("book", "c", title="Whole", year="2019"),
        ],
        "A, B. (2018). Part. In Own.",
    ),
    "xdata": (
        [
            make("book", "a", title="T", xdata="x, y"),
            make("xdata", "x", publisher="P"),
            make("xdata", "y", year="2019"),
        ],
        "T. (2019). P.",
    ),
    "a parent that is not there": ([make("book", "a", title="T", year="2019", crossref="zzz")], "T. (2019)."),
}


@pytest.mark.parametrize(("entries", "line"), INHERITED.values(), ids=INHERITED)
def test_inheritance(entries: list[Entry], line: str) -> None:
    assert line in render(entries, Rendering()).splitlines()


@pytest.mark.parametrize("target", DATA_FORMATS)
def test_data_formats(target: str) -> None:
    assert "Smith" in convert(MIXED, target)
