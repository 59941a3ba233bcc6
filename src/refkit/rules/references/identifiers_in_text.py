"""DOIs, DORs and links as they are printed in a reference."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.found import Code, Link
from refkit.rules.references.habits import doi_label_of
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import BLANK, Marks

_CUT_DOI = re.compile(
    r"10\.[0-9]{4,9}/?|10\.1080/[0-9X]{8}(?:\.[0-9]{4})?|10\.1016/j\.[a-z]+(?:\.[0-9]{4}(?:\.[0-9]{2})?)?|10\.1177/[0-9]{1,9}|"
    r"10\.1007/s[0-9]{1,5}(?:-[0-9]{1,3}(?:-[0-9]{1,5})?)?|10\.1111/[a-z]+\.?|10\.1093/[a-z]+/?|10\.1017/S[0-9]{1,12}|\S+[-_/(]",
    re.IGNORECASE,
)
_BOOK = re.compile(r"10\.[0-9.]+/(?:[A-Z]{0,4})?97[89](?:-?[0-9]){9}-?[0-9]", re.IGNORECASE)
_RESOLVER_SCHEME = re.compile(r"h[tps]{2,5}[:;]?/{1,3}", re.IGNORECASE)
_ENDED = re.compile(r"[\s.)\]]*(?:$|,|\[|\()")
_SHORT_HOSTS = frozenset(
    "bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly khl.ink b2n.ir yun.ir rb.gy cutt.ly shorturl.at lnkd.in t.ly "
    "tiny.cc a.co amzn.to youtu.be fb.me wp.me trib.al dlvr.it shorturl.com s.id clck.ru vk.cc".split()
)
_TRACKING = re.compile(
    r"(?:utm_[a-z]+|fbclid|gclid|yclid|mc_cid|mc_eid|igshid|ref_src|_ga|cmpid|s_cid|ncid|smid)", re.IGNORECASE
)
_HOME = re.compile(
    r"/?(?:(?:en|fa|ru|de|fr|es|ar|tr|english|eng|home|index|default|main)(?:\.(?:html?|php|aspx?))?/?)?", re.IGNORECASE
)
_CONTAINER_PATH = re.compile(
    r"/(?:books?|articles?|article/view|doi|doi/(?:abs|full|pdf|10\.[0-9]+)|abs|pdf|full|chapter|publications?/view|"
    r"content|document|view|record|item|node|show|details?|handle|10\.[0-9]{4,9})/?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?P<gap>[ \xa0]{1,2})(?P<more>[^\s<>“”«»\"()\[\],]{1,200})")
_WORDS_BEHIND = frozenset(
    "accessed access retrieved last visited viewed cited consulted on at from in and date doi isbn issn pp vol no "
    "abrufbar abgerufen zugriff consulté available archived pmid letzter".split()
)


@check("RK405")
def dor_as_doi(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An Iranian DOR code behind "doi:"."""
    marks = context.marks(parsed)
    for code in marks.codes:
        if code.kind == "dor" and "doi" in marks.text[code.label : code.start].lower():
            value = marks.text[code.start : code.end]
            message = f"“{value}” is an Iranian DOR code, not a DOI."
            label = "dor:" if not marks.text[code.label : code.start].endswith(" ") else "dor: "
            yield in_reference(parsed, "RK405", code.start, code.end, message, (code.label, code.start, label))


@check("RK401")
def doi_malformed(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """What stands behind "doi:" is not a DOI, or only the beginning of one."""
    marks = context.marks(parsed)
    for code in marks.codes:
        value = marks.text[code.start : code.end]
        if code.kind == "other" and not _CUT_DOI.fullmatch(value):
            edits = [(code.start, code.end, repaired) for repaired in _repaired(value)]
            message = f"“{value}” is not a DOI."
            yield in_reference(parsed, "RK401", code.start, code.end, message, *edits, safety=Safety.UNSAFE)
        elif code.kind != "dor" and _CUT_DOI.fullmatch(value):
            yield in_reference(parsed, "RK401", code.start, code.end, f"DOI seems cut off: “{value}”.")


def _repaired(value: str) -> Iterator[str]:
    """The DOI that a slip of the finger made of it, when there is one: 1O.1080/…, 10,1080/…, 10.1080.1234."""
    match = re.fullmatch(r"[1Il][0Oo][.,](?P<prefix>[0-9]{4,5})[/\\](?P<suffix>\S+)", value)
    if match:
        yield f"10.{match['prefix']}/{match['suffix']}"


@check("RK403")
def doi_with_extra(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Punctuation or blanks inside a DOI."""
    marks = context.marks(parsed)
    for code in marks.codes:
        value = marks.text[code.start : code.end]
        if code.kind == "doi" and re.search(r"\s", value):
            joined = "".join(value.split())
            message = f"Space inside the DOI: “{value}”."
            yield in_reference(
                parsed, "RK403", code.start, code.end, message, (code.start, code.end, joined), safety=Safety.UNSAFE
            )
        glued = _glued_to(marks, code)
        if code.kind != "other" and glued and not _CUT_DOI.fullmatch(value):
            end = code.end + len(glued)
            message = f"Punctuation inside the DOI: “{marks.text[code.start : end]}”."
            yield in_reference(parsed, "RK403", code.start, end, message, (code.end, end, ""))


def _glued_to(marks: Marks, code: Code) -> str:
    """Punctuation behind a DOI that cannot belong to the sentence."""
    after = re.match(r"[.,;:]+(?=[)\]])", marks.text[code.end : code.end + 6])
    if after:
        return after[0]
    after = re.match(r"[.,;:]{2,}", marks.text[code.end : code.end + 6])
    return after[0][:-1] if after and not code.bracketed else ""


@check("RK402")
def doi_label_and_link(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """ "doi:" and the resolver's address stand together."""
    marks = context.marks(parsed)
    for code in marks.codes:
        label = marks.text[code.label : code.start]
        if doi_label_of(label) == context.habits.doi_label:
            continue
        match = re.match(
            r"doi\s{0,3}[:.]?\s{0,3}(?P<rest>(?:https?:|(?:dx\.)?doi\.org|doi)\S*\s?)", label, re.IGNORECASE
        )
        if match:
            message = f"“doi:” and resolver link together: “{label}”."
            start = code.label + match.start("rest")
            yield in_reference(parsed, "RK402", code.label, code.start, message, (start, code.start, ""))


@rule("RK816", "doi-label-form", Severity.INFO, fix=Safety.SAFE)
def doi_label_form(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The label of a DOI is not in the list's form, or names the old resolver.

    Why: a list prints its DOIs one way; dx.doi.org has been replaced by doi.org.
    Bad: `Babayev, Farid (2012), “War”, Caucasus Survey, Vol. 1, No. 1, pp. 5-24, (http://dx.doi.org/10.1080/2376119).`
    Good: `Babayev, Farid (2012), “War”, Caucasus Survey, Vol. 1, No. 1, pp. 5-24, (doi:10.1080/2376119).`
    """
    marks = context.marks(parsed)
    usual = context.habits.doi_label
    for code in marks.codes:
        label = marks.text[code.label : code.start]
        if "dx.doi.org" in label.lower():
            at = code.label + label.lower().index("dx.doi.org")
            edits = [] if label.lower().startswith("doi") else [(code.label, code.start, usual or "https://doi.org/")]
            yield in_reference(parsed, "RK816", at, at + len("dx.doi.org"), "Old resolver dx.doi.org.", *edits)
        if not usual or not label or doi_label_of(label) == usual or code.kind == "other":
            continue
        if (label.lower().startswith("doi") and "doi.org" in label.lower()) or "dx.doi.org" in label.lower():
            continue
        message = _label_message(label, usual)
        yield in_reference(parsed, "RK816", code.label, code.start, message, (code.label, code.start, usual))


def _label_message(label: str, usual: str) -> str:
    if "doi.org" in label.lower():
        return f"DOI printed as a link; the list prints “{usual}”."
    if "doi.org" in usual:
        return f"DOI behind “{label}”; the list prints links “{usual}…”."
    if label.strip() == usual.strip():
        return (
            f"Space after “{usual.strip()}”; the list prints none."
            if label != label.strip()
            else f"Space missing after “{label}”."
        )
    return f"“{label.strip()}” for the list’s “{usual.strip()}”."


@check("RK407")
def doi_of_whole_book(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The DOI of a book on one of its chapters."""
    marks = context.marks(parsed)
    if marks.title is None or not (marks.in_word or marks.number("pages")) or marks.number("volume"):
        return
    for code in marks.codes:
        if code.kind == "doi" and _BOOK.fullmatch(marks.text[code.start : code.end]):
            value = marks.text[code.start : code.end]
            yield in_reference(parsed, "RK407", code.start, code.end, f"The DOI “{value}” is that of the whole book.")


@check("RK412")
def url_with_trailing(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Punctuation glued to a link."""
    marks = context.marks(parsed)
    for link in marks.links:
        glued = re.match(r"[.,;:]{2,}|[;:](?=\s{0,3}\(\s?[A-Z]?[a-z])", marks.text[link.end : link.end + 6])
        if glued and set(glued[0]) != {","} and marks.text[link.end + len(glued[0]) :].strip():
            end = link.end + len(glued[0])
            where = marks.text[link.start : end]
            message = f"Punctuation glued to the URL: “{where}”."
            yield in_reference(parsed, "RK412", link.start, end, message, (link.end, end, ","))


@check("RK411")
def url_broken(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A blank inside a link, or a link that is cut off."""
    marks = context.marks(parsed)
    for link in marks.links:
        url = marks.text[link.start : link.end]
        inside = re.search(r"\s", url)
        more = _continuation(marks, link)
        if inside or more:
            end = link.raw_end + (more.end() if more else 0)
            where = marks.text[link.start : end].rstrip(".,;")
            end = link.start + len(where)
            message = f"Space inside the URL: “{where}”."
            edit = (link.start, end, "".join(where.split()))
            yield in_reference(parsed, "RK411", link.start, end, message, edit, safety=Safety.UNSAFE)
        elif _is_cut(url):
            yield in_reference(parsed, "RK411", link.start, link.end, f"URL seems cut off: “{url}”.")


def _continuation(marks: Marks, link: Link) -> re.Match[str] | None:
    """What goes on behind a blank as only a link can."""
    if marks.text[link.end : link.raw_end].strip(".?&=/-_"):
        return None
    match = _GOES_ON.match(marks.plain[link.raw_end : link.raw_end + 220])
    if match is None or BLANK in match["more"]:
        return None
    more = match["more"].rstrip(".;:")
    url = marks.text[link.start : link.raw_end]
    if not more or more.casefold() in _WORDS_BEHIND or more.split(".")[0].casefold() in _WORDS_BEHIND:
        return None
    follows = marks.text[link.raw_end + match.end() :].lstrip()[:1]
    looks_like_path = (
        re.search(r"[/=&_%?]|[a-z0-9]-[a-z0-9]|\.(?:html?|pdf|php|aspx?|com|org|net|ir|ru|edu|gov|uk|de)\b", more)
        is not None
    )
    if url.endswith(("?", "&", "=", "-", "_", "/", "%", ".")):
        return (
            match
            if looks_like_path
            or (follows in (",", "(", ".", "") and more[0].islower())
            or (more[0].isdigit() and follows == ",")
            else None
        )
    return match if looks_like_path and not more[0].isupper() else None


def _is_cut(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return False
    if url.endswith(("?", "&", "=", "%", "_", "…", "...")) or (url.endswith("-") and len(parts.path) > 1):
        return True
    last = parts.query.rsplit("&", 1)[-1]
    if parts.query.count("=") and "=" not in last:
        return True
    return not parts.query and _CONTAINER_PATH.search(parts.path) is not None


@check("RK410")
def url_without_scheme(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A link that begins with www. or with its domain."""
    marks = context.marks(parsed)
    for link in marks.links:
        url = marks.text[link.start : link.end]
        if not re.match(r"[A-Za-z]{2,7}\s?[:;/,]", url):
            message = f"URL without https://: “{url}”."
            yield in_reference(parsed, "RK410", link.start, link.end, message, (link.start, link.start, "https://"))


@rule("RK826", "url-scheme-broken", Severity.ERROR, fix=Safety.SAFE)
def url_scheme_broken(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The "https://" of a link is misspelt.

    Why: no program can follow such a link.
    Bad: `Hosseini, Mir (2019), “Drought”, Iran Nag, Available at: htpp://www.example.org/article_1.html.`
    Good: `Hosseini, Mir (2019), “Drought”, Iran Nag, Available at: http://www.example.org/article_1.html.`
    """
    marks = context.marks(parsed)
    for code in marks.codes:
        match = _RESOLVER_SCHEME.search(marks.text, code.label, code.start)
        if match and match[0].lower() not in ("http://", "https://"):
            message = f"Scheme of the URL is broken: “{match[0]}”; write “https://”."
            yield in_reference(parsed, "RK826", *match.span(), message, (*match.span(), "https://"))
    for link in marks.links:
        match = re.match(r"(?:[A-Za-z]{2,7}[:;]{0,2}/{0,3}|[A-Za-z]{4,5}:|www,)", marks.text[link.start : link.end])
        printed = match[0] if match else ""
        if (
            not printed
            or " " in marks.text[link.start : link.start + 9]
            or printed.lower() in ("http://", "https://", "ftp://")
            or printed[:4].lower() == "www"
            or _is_word(printed)
        ):
            continue
        wanted = "www." if printed == "www," else "https://" if "s" in printed.lower() else "http://"
        end = link.start + len(printed)
        message = f"Scheme of the URL is broken: “{printed}”; write “{wanted}”."
        yield in_reference(parsed, "RK826", link.start, end, message, (link.start, end, wanted))


def _is_word(printed: str) -> bool:
    return printed.isalpha()


@check("RK413")
def url_of_home_page(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A link to a site's home page, not to the work."""
    marks = context.marks(parsed)
    for link in marks.links:
        url = marks.text[link.start : link.end]
        try:
            parts = urlsplit(url if "://" in url else f"https://{url}")
        except ValueError:
            continue
        if _continuation(marks, link) or "." not in parts.netloc.removeprefix("www.") or " " in url:
            continue
        if parts.query or parts.fragment or not _HOME.fullmatch(parts.path) or not parts.netloc:
            continue
        name = parts.netloc.lower().removeprefix("www.").split(".")[0]
        title = marks.text[marks.title.start : marks.title.end] if marks.title else marks.text[: max(60, marks.body)]
        is_the_work = name in title.lower().replace(" ", "") or not marks.issued
        if not is_the_work and parts.netloc.lower() not in _SHORT_HOSTS:
            message = f"URL leads to a home page, not to the work: “{url}”."
            yield in_reference(parsed, "RK413", link.start, link.end, message)


@check("RK414")
def url_form(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A shortened link; tracking parameters."""
    marks = context.marks(parsed)
    for link in marks.links:
        url = marks.text[link.start : link.end]
        try:
            parts = urlsplit(url if "://" in url else f"https://{url}")
        except ValueError:
            continue
        if parts.netloc.lower().removeprefix("www.") in _SHORT_HOSTS:
            yield in_reference(parsed, "RK414", link.start, link.end, f"Shortened URL: “{url}”.")
        tracking = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if _TRACKING.fullmatch(name)]
        if tracking:
            message = f"Tracking parameters in the URL: “{', '.join(tracking)}”."
            start = link.start + url.index("?")
            kept = "&".join(piece for piece in parts.query.split("&") if not _TRACKING.fullmatch(piece.split("=")[0]))
            end = start + 1 + len(parts.query)
            yield in_reference(parsed, "RK414", start, end, message, (start, end, f"?{kept}" if kept else ""))
