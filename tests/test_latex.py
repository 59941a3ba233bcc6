import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.latex import from_markup, from_text, to_markup, to_text, to_verbatim

UNTOUCHED = [
    "Iran's Behavioral Pattern: 100 % of it",
    "North—South “Corridor”",
    "pages 12-34",
    "می‌خواهم «ایران»",
    "ʿAbd al-Raḥmān",
    "a < b > c",
    "5' 10\"",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_plain_text_stays(text: str) -> None:
    assert (to_text(text), to_markup(text), to_verbatim(text)) == (text, text, text)


TEXT = {
    "umlaut": (r"M{\"u}ller", "Müller"),
    "accent-on-braces": (r"G\"{o}del", "Gödel"),
    "accent-inside-braces": (r"{\'{E}}cole", "École"),
    "accent-with-a-blank": (r"\' etude", "étude"),
    "dotless": (r"Mart\'{\i}nez and \'\i", "Martínez and í"),
    "letter-accents": (r"\v{S}koda \c{c}a \H{o} \k a \r{u} \u{g} \d{t}", "Škoda ça ő ą ů ğ ṭ"),
    "letters": (r"\L{}\'od\'z, stra\ss e, \O re, {\ae}on", "Łódź, straße, Øre, æon"),
    "two-accents": (r"\'{\u{a}}", "ắ"),
    "escapes": (r"R\&D 50\% \$5 \#1 a\_b \{x\}", "R&D 50% $5 #1 a_b {x}"),
    "dashes": ("1--2---3", "1–2—3"),
    "quotes": ("``a'' and `b'", "“a” and `b'"),
    "tie": ("Fig.~1", "Fig. 1"),
    "spacing": (r"a\ b\,c\-d\\e", "a b cd e"),
    "lines": ("a\r\n    b\tc  d", "a b c d"),
    "braces": ("The {NATO} {{Q}uestion}", "The NATO Question"),
    "styles": (r"\emph{a} \textbf{b} {\it c} \textsc{d}", "a b c d"),
    "math": (r"CO$_2$ at 10$^{-3}$ $x$", "CO₂ at 10⁻³ x"),
    "math-letters": (r"$x^{abq}$", "x^abq"),
    "rare-symbol": (r"$\alpha$-decay, $5 \leq x$", "α-decay, 5 ≤ x"),
    "known-symbol": (r"5\textdegree{}C \ldots \copyright", "5°C …©"),
    "unknown-command": (r"\foo{bar} baz", "bar baz"),
    "unknown-alone": (r"a \baz b", r"a \baz b"),
    "language": (r"\foreignlanguage{german}{Das Kapital}", "Das Kapital"),
    "url": (r"see \url{http://a.b/~c_d%20e}", "see http://a.b/~c_d%20e"),
    "href": (r"\href{http://a.b}{here}", "here (http://a.b)"),
    "enquote": (r"\enquote{x}", "“x”"),
    "sorting-trick": (r"{\noopsort{1973b}}1973", "1973"),
    "unclosed": (r"{\emph{a b", "a b"),
    "closed-too-often": ("a} b", "a b"),
    "backslash-at-the-end": ("a\\", "a\\"),
    "persian": (r"\emph{می‌خواهم} {ایران}", "می‌خواهم ایران"),
}


@pytest.mark.parametrize(("latex", "text"), TEXT.values(), ids=TEXT)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert to_text(latex) == text


MARKUP = {
    "emph": (r"the \emph{Titanic}", "the <i>Titanic</i>"),
    "declaration": (r"{\em x} y {\bf z}", "<i>x</i> y <b>z</b>"),
    "bold-small-caps": (r"\textbf{x} \textsc{y}", "<b>x</b> <sc>y</sc>"),
    "scripts": (r"H\textsubscript{2}O$^2$", "H<sub>2</sub>O<sup>2</sup>"),
    "isotope": (r"$^{14}$C", "<sup>14</sup>C"),
    "protected": ("The {NATO} question", 'The <span class="nocase">NATO</span> question'),
    "protected-in-style": (r"\emph{in {Rome}}", '<i>in <span class="nocase">Rome</span></i>'),
    "protected-once": ("{The {NATO} question}", '<span class="nocase">The NATO question</span>'),
    "style-protected": (r"{\textit{E. coli}}", '<span class="nocase"><i>E. coli</i></span>'),
    "letter-is-no-word": (r"{\'E}tude and {\O}re", "Étude and Øre"),
    "no-case-to-protect": ("{1999} {ایران}", "1999 ایران"),
    "tie": ("Fig.~1", "Fig.\u00a01"),
    "nested": (r"\emph{a \textbf{b}}", "<i>a <b>b</b></i>"),
}


@pytest.mark.parametrize(("latex", "markup"), MARKUP.values(), ids=MARKUP)
def test_latex_becomes_rich_text(latex: str, markup: str) -> None:
    assert to_markup(latex) == markup


BACK = {
    "plain": ("a & b", r"a \& b"),
    "tags": (
        "<i>a</i> <b>b</b> <sup>2</sup> <sub>3</sub>",
        r"\emph{a} \textbf{b} \textsuperscript{2} \textsubscript{3}",
    ),
    "small-caps": ('<span style="font-variant: small-caps;">a</span> <sc>b</sc>', r"\textsc{a} \textsc{b}"),
    "nocase": ('the <span class="nocase">NATO</span>', "the {NATO}"),
    "unclosed": ("<i>a", "<i>a"),
    "unopened": ("a</i>", "a</i>"),
    "unknown": ("<u>a</u> 3 < 4", "<u>a</u> 3 < 4"),
    "crossed": ("<i>a<b>c</i>d</b>", "<i>a\\textbf{c</i>d}"),
}


@pytest.mark.parametrize(("markup", "latex"), BACK.values(), ids=BACK)
def test_rich_text_becomes_latex(markup: str, latex: str) -> None:
    assert from_markup(markup) == latex


VERBATIM = {
    "escapes": (r"http://a/b\_c\%20d\&e\#f", "http://a/b_c%20d&e#f"),
    "tildes": (r"http://a/~b/\~{}c/\textasciitilde{}d", "http://a/~b/~c/~d"),
    "url-command": (r"\url{http://a/b--c}", "http://a/b--c"),
    "braced": ("10.1000/{ABC}(1)", "10.1000/ABC(1)"),
    "math-tilde": (r"http://a/$\sim$b", "http://a/~b"),
}


@pytest.mark.parametrize(("latex", "text"), VERBATIM.values(), ids=VERBATIM)
def test_identifiers_are_unescaped(latex: str, text: str) -> None:
    assert to_verbatim(latex) == text


ANY = st.text(
    st.one_of(st.sampled_from("ab \\{}$~^_-`'&%#"), st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]))
)


@given(ANY)
def test_escaped_text_reads_back(text: str) -> None:
    assert unicodedata.normalize("NFC", to_text(from_text(text))) == unicodedata.normalize(
        "NFC", " ".join(text.split())
    )


@given(ANY)
def test_escaped_text_is_balanced(text: str) -> None:
    escaped = from_text(text)
    assert escaped.count("{") == escaped.count("}")


@given(st.text(st.sampled_from("ab \\{}$~^_'\"-")))
def test_letters_outside_commands_are_kept(value: str) -> None:
    assert "\\" in value or [c for c in to_text(value) if c in "ab"] == [c for c in value if c in "ab"]


@pytest.mark.parametrize("piece", ["{", "}", "\\'", "\\emph{", "$", "\\url{", "\\href{a}", "-", "{a}", "\\foo "])
def test_long_values_are_read_in_linear_time(piece: str) -> None:
    assert isinstance(to_markup(piece * (200_000 // len(piece))), str)


def test_everyday_latex_does_not_load_the_library() -> None:
    code = r"""
import sys
from refkit.latex import to_markup
to_markup(r"M{\"u}ller \& {\O}re--- \emph{x} $^2$ \ldots \textasciitilde{} \v{s}")
sys.exit("pylatexenc" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
