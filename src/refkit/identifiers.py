"""Identifiers as they are printed: DOI, DOR, arXiv, PMID, Handle, URL.

DOI syntax after ISO 26324 (`10.` registrant `/` suffix); the DOR (Digital Object Recognizer) is Iran's national code,
`20.1001.1.<ISSN>.<year>.<volume>.<issue>.…`, issued by ISC; it has no slash and is never a DOI.
"""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from refkit.regex import regex

_PREFIX = regex(
    r"""^[\s<(\[{"']*(?:urn:doi:|info:doi/|doi\s*[:=]?\s*)?\s*(?:h?t{1,2}ps?:?/{1,3})?(?:(?:dx\.|www\.)?doi\.org/+)?"""
    r"(?:doi\s*[:=]\s*)?\s*",
    re.IGNORECASE,
)
_DOI = regex(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_IN_TEXT = regex(r"(?<![0-9.])10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"“”«»„]+")
SITE_PAGES = "abstract|full(?:text)?|e?pdf|html|meta|summary"  # what sites add to a DOI behind a slash
_DOI_IN_PATH = regex(
    r"/(10\.[0-9]{4,9}/[^\s?#&]+?)"
    rf"(?:/(?:(?:{SITE_PAGES})(?:\.html)?|references|suppl_file|asset)(?:/[^?#]*)?|"
    r"(?:\.(?:full|abstract|long|short))?\.(?:pdf|html?)|\.(?:full|abstract))?(?:[?#&].*)?$"
)
_DOR = regex(r"(?<![0-9.])20\.1001\.1\.[0-9]{7}[0-9Xx](?:\.[0-9]+)+")
_LATEX_ESCAPE = regex(r"\\([_&%#$])|\{\\([_&%#$])\}")
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:'’‘`\"”“»«،؛"
_NEXT_ADDRESS = regex(
    r"[,;.]?[(\[]?(?:https?://|doi:|www\.)|[,;.(\[]+(?:arXiv\b(?!\.)|doi\]|pii\]|(?-i:PMID|PubMed|URL\b))",
    re.IGNORECASE,
)
_ARXIV = regex(
    r"^(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv\s*:\s*)?"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?$",
    re.IGNORECASE,
)
_PMID = regex(r"^(?:pmid|pubmed)\s*:?\s*([0-9]{1,8})$", re.IGNORECASE)
_HANDLE = regex(r"^(?:https?://hdl\.handle\.net/|hdl:)(\S+/\S+)$|^([0-9]{2,6}(?:\.[0-9.]+)?/[^\s/]+)$", re.IGNORECASE)
_URL = regex(r"^(?:https?|ftp)://\S+$|^www\.\S+$", re.IGNORECASE)


class Match(NamedTuple):
    """A code found in running text: its normalised value and where `text[start:end]` it stands."""

    value: str
    start: int
    end: int


def trimmed_length(text: str) -> int:
    """How many characters of a printed DOI or URL belong to it: not closing punctuation, nor what follows a bracket
    that was opened outside.
    """
    unclosed = dict.fromkeys("([{<", 0)
    end = len(text)
    for index, character in enumerate(text):
        if character in unclosed:
            unclosed[character] += 1
        elif character in _CLOSERS:
            if not unclosed[_CLOSERS[character]]:
                end = index
                break
            unclosed[_CLOSERS[character]] -= 1
    while end and (text[end - 1] in _TRAILING or text[end - 1] in "([{<"):
        end -= 1
    return end


def normalise_doi(text: str) -> str | None:
    """The bare DOI in `text`: resolver, label, LaTeX and percent escapes and final punctuation removed, case kept.

    None when what remains is not shaped like a DOI.
    """
    value = text.strip()
    if "\\" in value or "{" in value:
        value = _LATEX_ESCAPE.sub(lambda match: match[1] or match[2], value).replace("{", "").replace("}", "")
    if "&" in value:
        value = unescape(value)
    value = _PREFIX.sub("", value, count=1)
    if "%" in value:
        value = unquote(value)
    value = value[: trimmed_length(value)]
    return value if _DOI.fullmatch(value) else None


def find_dois(text: str) -> list[Match]:
    """All DOIs in running text, trimmed, in order."""
    found = []
    for match in _DOI_IN_TEXT.finditer(text):
        raw = match[0]
        following = _NEXT_ADDRESS.search(raw, 8)
        if following:
            raw = raw[: following.start()]
        value = normalise_doi(raw)
        if value:
            found.append(Match(value, match.start(), match.start() + trimmed_length(raw)))
    return found


def doi_of_link(url: str) -> str | None:
    """The DOI in the path of a publisher's link, without what the site adds: "…/doi/full/10.1080/1234?src=a"."""
    found = _DOI_IN_PATH.search(url) if "/10." in url else None
    return found[1] if found else None


def find_dors(text: str) -> list[Match]:
    """All DOR codes in running text, in order."""
    return [Match(match[0], match.start(), match.end()) for match in _DOR.finditer(text)]


def is_dor(text: str) -> bool:
    """Whether the text, without a resolver or label before it, is a DOR code."""
    found = _DOR.search(text)
    return found is not None and not text[found.end() :].strip(_TRAILING + ") ")


def kind_of(text: str) -> str | None:
    """Which identifier the text is: "doi", "dor", "arxiv", "pmid", "handle", "url", or None."""
    value = text.strip()
    if is_dor(value):
        return "dor"
    if normalise_doi(value):
        return "doi"
    for kind, pattern in (("arxiv", _ARXIV), ("pmid", _PMID), ("handle", _HANDLE), ("url", _URL)):
        if pattern.match(value):
            return kind
    return None


def with_scheme(url: str) -> str:
    """The URL with `https://` in front when it has no scheme."""
    return url if re.match(r"[a-z][a-z+.-]*://", url, re.IGNORECASE) else f"https://{url}"
