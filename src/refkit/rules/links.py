"""RK4, continued: URLs."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from refkit.identifiers import normalise_doi, trimmed_length
from refkit.model import Entry, Field, Finding, Safety, Severity
from refkit.names import parse_names
from refkit.regex import regex
from refkit.rules import in_field, is_literal, rule
from refkit.rules.context import Context, removal

_SCHEME = regex(r"(?:https?|ftps?|file|mailto|urn|doi|gopher|news|git|s3|hdl|info|data)\s?:", re.IGNORECASE)
_ANY_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BARE = regex(r"(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_DOCUMENTS = frozenset(
    "article inproceedings conference incollection inbook phdthesis mastersthesis thesis techreport report".split()
)


@rule("RK410", "url-without-scheme", Severity.WARNING, fix=Safety.SAFE, fields=("url",))
def url_without_scheme(entry: Entry, context: Context) -> Iterator[Finding]:
    """The URL does not begin with `https://` or another scheme.

    Why: a link without scheme is taken for a file beside the document.
    Bad: `url = {www.example.org/report.pdf}`
    Good: `url = {https://www.example.org/report.pdf}`
    """
    field = entry.field("url")
    address = field.value.strip() if field else ""
    if field is None or _ANY_SCHEME.match(address) or not _BARE.fullmatch(address):
        return
    start = len(field.value) - len(field.value.lstrip())
    no_site = _FILE.fullmatch(address) or normalise_doi(address)
    edits = () if no_site else ((start, start, "https://"),)
    yield in_field(entry, field, "RK410", "URL without https://", *edits)


# The name of a file beside the document: no site answers there.
_FILE = regex(r"(?!www\.)[^/?#]+\.(?:pdf|ps|html?|docx?|txt|tex|bib|epub|djvu|gz)", re.IGNORECASE)


@rule("RK411", "url-broken", Severity.ERROR, fix=Safety.UNSAFE, fields=("url",))
def url_broken(entry: Entry, context: Context) -> Iterator[Finding]:
    """A space or line break stands in the URL, or its end is cut off.

    Why: the link ends at the space, and leads nowhere.
    Bad: `url = {https://example.org/annual report.pdf}`
    Good: `url = {https://example.org/annual-report.pdf}`
    """
    field = entry.field("url")
    value = field.value.strip() if field else ""
    if field is None or _PLAIN_URL.fullmatch(value) or not _SCHEME.match(value) or "\\" in value:
        return
    gap = re.search(r"\s+", value)
    if gap and not _after_gap_is_text(value[gap.end() :]):
        fixed = re.sub(r"\s*[\r\n]\s*", "", value).replace(" ", "%20")
        several = "://" in value[gap.end() :]
        what = "several URLs in one field" if several else "space or line break in the URL"
        edits = [] if several else [(0, len(field.value), fixed)]
        severity = Severity.WARNING if several else Severity.ERROR
        yield in_field(entry, field, "RK411", what, *edits, severity=severity)
    elif _CUT.search(value):
        yield in_field(entry, field, "RK411", f"the URL seems to be cut off: …{value[-12:]}")


_PLAIN_URL = regex(r"[\w/:.?&=%#+~@!,-]*[\w/](?<!%[0-9A-Fa-f])")
_CUT = regex(r"(?:[?&][\w.-]{1,40}=|[&]|%[0-9A-Fa-f]?|\.\.\.|…)$")
_TEXT_AFTER = regex(r"[\[(]|(?:accessed|retrieved|visited|last|zugriff|abgerufen|on|and|\w+,?)\s", re.IGNORECASE)


def _after_gap_is_text(rest: str) -> bool:
    return (
        "://" not in rest and _TEXT_AFTER.match(f"{rest} ") is not None and not re.search(r"[/.][a-z0-9]{2,5}$", rest)
    )


@rule("RK412", "url-with-trailing-text", Severity.ERROR, fix=Safety.SAFE, fields=("url",))
def url_with_trailing_text(entry: Entry, context: Context) -> Iterator[Finding]:
    """Punctuation or text stands behind the URL.

    Why: it becomes part of the address, and the link is dead.
    Bad: `url = {https://example.org/report.pdf.}`
    Good: `url = {https://example.org/report.pdf}`
    """
    field = entry.field("url")
    value = field.value if field else ""
    if field is None or _PLAIN_URL.fullmatch(value) or not _SCHEME.match(value.strip()):
        return
    if "\\" in value or value.rstrip().endswith("..."):
        return
    end = len(value.rstrip())
    gap = re.search(r"\s", value.strip())
    if gap and _after_gap_is_text(value.strip()[gap.end() :]):
        start = value.index(value.strip()) + gap.start()
        yield in_field(entry, field, "RK412", f"text after the URL: “{value[start:].strip()}”", at=(start, end))
        return
    kept = trimmed_length(value[:end])
    if kept < end and not gap:
        yield in_field(
            entry, field, "RK412", f"“{value[kept:end]}” at the end of the URL", (kept, end, ""), at=(kept, end)
        )


@rule("RK413", "url-of-home-page", Severity.WARNING, fields=("url",))
def url_of_home_page(entry: Entry, context: Context) -> Iterator[Finding]:
    """The URL leads to a home page, not to the work.

    Why: the reader has to search the site for the work.
    Bad: `@article{a, title = {On Trees}, url = {https://www.example.org/}}`
    Good: `@article{a, title = {On Trees}, url = {https://www.example.org/trees.html}}`
    """
    field = entry.field("url")
    if field is None or not (entry.type in _DOCUMENTS or _is_page_of_a_site(entry)):
        return
    value = field.value.strip()
    match = _HOME.fullmatch(value)
    if match:
        severity = Severity.INFO if entry.get("doi") else Severity.WARNING
        yield in_field(entry, field, "RK413", f"the URL is a home page: {value}", severity=severity)


def _is_page_of_a_site(entry: Entry) -> bool:
    """A web entry by people with a title of its own; without them the site itself may be what is cited."""
    if entry.type not in ("misc", "online", "www", "electronic") or len(entry.get("title").split()) < 4:
        return False
    return any(name.family and name.given for name in parse_names(entry.get("author")))


_HOME = regex(
    r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}/?(?:(?:index|default|home)\.(?:html?|php|aspx?|jsp))?",
    re.IGNORECASE,
)


@rule("RK414", "url-form", Severity.INFO, fix=Safety.SAFE, fields=("url",))
def url_form(entry: Entry, context: Context) -> Iterator[Finding]:
    """The URL uses http where the site has https, carries tracking parameters, or is a short link.

    Why: such links work by redirection, for as long as somebody keeps it up.
    Bad: `url = {http://arxiv.org/abs/1412.6980?utm_source=twitter}`
    Good: `url = {https://arxiv.org/abs/1412.6980}`
    """
    field = entry.field("url")
    if field is None or "\\" in field.value:
        return
    value = field.value
    match = _SECURE.match(value)
    if match:
        yield in_field(entry, field, "RK414", f"{match[1]} is reached by https", (0, 4, "https"), at=(0, 4))
    tracking = _TRACKING.search(value)
    if tracking:
        base = value.partition("#")[0]
        start = value.index("?")
        edit = (start, len(base), _without_tracking(base)[start:])
        yield in_field(entry, field, "RK414", f"tracking parameter {tracking[1]}", edit, at=tracking.span(1))
    short = _SHORT.match(value)
    if short:
        yield in_field(entry, field, "RK414", f"short link of {short[1]}: give the full address")


_SECURE = regex(
    r"http://((?:[a-z0-9-]+\.)*(?:doi\.org|arxiv\.org|github\.com|gitlab\.com|wikipedia\.org|jstor\.org|acm\.org|ieee\.org|"
    r"springer\.com|sciencedirect\.com|nature\.com|youtube\.com|ctan\.org|archive\.org|nih\.gov|google\.com|python\.org|"
    r"wiley\.com|tandfonline\.com|handle\.net|zenodo\.org|w3\.org))(?=[/:?#]|$)",
    re.IGNORECASE,
)
_TRACKING = regex(r"[?&](utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid|igshid|msclkid|yclid)=", re.IGNORECASE)
_SHORT = regex(
    r"https?://(?:www\.)?(bit\.ly|goo\.gl|t\.co|tinyurl\.com|ow\.ly|is\.gd|buff\.ly|cutt\.ly|shorturl\.at|rb\.gy|youtu\.be)/",
    re.IGNORECASE,
)


def _without_tracking(url: str) -> str:
    path, _, query = url.partition("?")
    kept = [part for part in query.split("&") if not _TRACKING.match(f"?{part.partition('=')[0]}=")]
    return f"{path}?{'&'.join(kept)}" if kept else path


@rule("RK415", "url-repeats-doi", Severity.INFO, fix=Safety.UNSAFE, fields=("url",))
def url_repeats_doi(entry: Entry, context: Context) -> Iterator[Finding]:
    """The URL is only the DOI once more. The fix takes the field out; as `--fix` loses no field, it is unsafe.

    Why: the list prints the same link twice.
    Bad: `doi = {10.1145/3292500}, url = {https://doi.org/10.1145/3292500}`
    Good: `doi = {10.1145/3292500}`
    """
    field = entry.field("url")
    if field is None or "doi.org/" not in field.value.lower() or _host(field) not in _RESOLVERS:
        return
    doi, same = normalise_doi(entry.get("doi")), normalise_doi(field.value)
    if doi and same and doi.lower() == same.lower():
        edits = (removal(field, context.text),) if is_literal(field) and context.text else ()
        yield in_field(entry, field, "RK415", "the URL repeats the DOI", also=edits)


_RESOLVERS = ("doi.org", "dx.doi.org", "www.doi.org")


def _host(field: Field) -> str:
    try:
        return urlsplit(field.value.strip()).hostname or ""
    except ValueError:
        return ""


@rule("RK416", "access-date-missing", Severity.INFO, fields=("url", "howpublished"))
def access_date_missing(entry: Entry, context: Context) -> Iterator[Finding]:
    """A web page is cited without the date at which it was read.

    Why: pages change; most styles ask for the date.
    Bad: `@online{a, title = {Home}, url = {https://example.org/page}}`
    Good: `@online{a, title = {Home}, url = {https://example.org/page}, urldate = {2021-05-03}}`
    """
    if entry.type not in ("online", "www", "electronic", "webpage", "misc") or entry.get("doi") or entry.get("eprint"):
        return
    field = entry.field("url") or entry.field("howpublished")
    if (
        field is None
        or (field.name != "url" and "://" not in field.value)
        or any(entry.get(name) for name in _ACCESS_FIELDS)
    ):
        return
    if entry.type == "misc" and (entry.get("publisher") or entry.get("journal") or "arxiv.org" in field.value):
        return
    if not _ACCESS_NOTE.search(f"{entry.get('note')} {entry.get('howpublished')} {entry.get('addendum')}"):
        yield in_field(entry, field, "RK416", "web page without access date (urldate)")


_ACCESS_FIELDS = (
    "urldate",
    "lastaccessed",
    "lastchecked",
    "accessed",
    "lastvisited",
    "dateaccessed",
    "accessdate",
    "visited",
)
_ACCESS_NOTE = regex(
    r"access|retriev|visit|viewed|checked|zugriff|abgerufen|aufgerufen|consult|besucht|دسترسی|بازیابی", re.IGNORECASE
)
