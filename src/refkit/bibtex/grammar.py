"""The patterns of BibTeX's grammar, and what BibTeX knows without being told.

Names follow bibtex.web: any characters but white space, controls and `" # % ' ( ) , = { }`. No pattern backtracks over
what it has read, so that each takes linear time.
"""

import re

from refkit.dates import MONTH_MACROS

NAME = r"[^\s\"#%'(),={}\x00-\x1f\x7f]++"
_BRACED_0 = r"[^{}]*+"
_BRACED_1 = rf"{_BRACED_0}(?:\{{{_BRACED_0}\}}{_BRACED_0})*"
_BRACED_2 = rf"{_BRACED_0}(?:\{{{_BRACED_1}\}}{_BRACED_0})*"
_BRACED_3 = rf"{_BRACED_0}(?:\{{{_BRACED_2}\}}{_BRACED_0})*"
_QUOTABLE = r"[^\"{}\\]*+(?:\\[^{}][^\"{}\\]*+)*"
_QUOTED_0 = r"[^\"{}\\]*+(?:\\[^\"{}][^\"{}\\]*+)*"
_QUOTED_1 = rf"{_QUOTED_0}(?:\{{{_QUOTABLE}(?:\{{{_QUOTABLE}\}}{_QUOTABLE})*\}}{_QUOTED_0})*"
_MACRO = r"(?![0-9])[^\s\"#%'(),={}\\\x00-\x1f\x7f]++"

HEAD = re.compile(r"@(\s*+)((?![0-9])[^\s@\"#%'(),={}\x00-\x1f\x7f]++)(\s*+)[{(]")
PLAIN_HEAD = re.compile(r"@([A-Za-z]++)\{\s*+([^\s,{}\"=\\%]++)\s*+,")
PLAIN_FIELD = re.compile(
    rf"\s*+({NAME})\s*+=\s*+"
    rf"(?:\{{({_BRACED_3})\}}|\"({_QUOTED_1})\"|([0-9]++)|({_MACRO}))"
    r"\s*+(?:,|(?=\}))"
)
PLAIN_CLOSE = re.compile(r"\s*+\}")
ESCAPED_BRACE = re.compile(r"\\[{}]")

SPACE = re.compile(r"\s*+")
LINE_REST = re.compile(r"[^\r\n]*+")
MARK = re.compile(r"[@%]")
KEY = re.compile(r"[^,={}\r\n]*+")
KEY_IN_PARENTHESES = re.compile(r"[^,={})\r\n]*+")
KEY_WITH_EQUALS = re.compile(r"([^\s,{}\"]++)\s*+,")
KEY_COMMA = re.compile(r"\s*+[^\s,={}()\"]++\s*+,")
FIELD_NAME = re.compile(rf"({NAME})\s*+=")
SPACED_NAME = re.compile(r"([^,={}\"#%\r\n]*+)=")
CONCATENATION = re.compile(r"\s*+#")
BARE = re.compile(NAME)
AFTER_VALUE = re.compile(rf"\s*+(?:[,#%)}}]|{NAME}\s*+=|\Z)")
UNQUOTED = re.compile(r"[^,{}\r\n]*+")
UNQUOTED_IN_PARENTHESES = re.compile(r"[^,{})\r\n]*+")
BRACE = re.compile(r"[{}]")
QUOTE_OR_BRACE = re.compile(r'["{}]')
COMMENTED_HEAD = re.compile(r"@[ \t]*+[A-Za-z]++[ \t]*+[{(][^\r\n,]*+,")
LEFTOVER = re.compile(rf"\s*+(?:\}}|,\s*+{NAME}\s*+=)")
STRAY_FIELD = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*+[A-Za-z][\w-]*+[ \t]*+=[ \t]*+[{\"]")
STRAY_HEAD = re.compile(
    r"(?:^|(?<=[\r\n]))[ \t]*+(?:article|book|booklet|inbook|incollection|inproceedings|manual|mastersthesis|misc"
    r"|phdthesis|proceedings|techreport|thesis|unpublished|online)[ \t]*+[{(][ \t]*+[^\s,={}()]++[ \t]*+,",
    re.IGNORECASE,
)

MONTHS = frozenset(MONTH_MACROS)
# Macros of plain.bst and its relatives; IEEEtran's begin with IEEE_.
STYLE_MACROS = MONTHS | frozenset(
    "acmcs acta cacm ibmjrd ibmsj ieeese ieeetc ieeetcad ipl jacm jcss scp sicomp tocs tods tog toms toois toplas"
    " tcs".split()
)
