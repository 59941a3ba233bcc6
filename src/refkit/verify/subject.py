"""What stands in an entry's DOI slot: a DOI, another identifier, or nothing. Pure; no request is ever needed."""

from dataclasses import dataclass

from refkit.identifiers import is_dor, kind_of, normalise_doi
from refkit.model import Entry, Verdict, VerdictKind

_KINDS = {
    "dor": "a DOR (Iran's Digital Object Recognizer), not a DOI",
    "arxiv": "an arXiv identifier, not a DOI",
    "pmid": "a PubMed identifier, not a DOI",
    "handle": "a Handle, not a DOI",
    "url": "the address of a page, not a DOI",
}
_RESOLVERS = ("doi.org/10.", "dx.doi.org/10.")


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry and its DOI: `doi` in lower case as it is asked for, `shown` as printed but bare, `raw` the whole field.

    `invalid` says why the field holds no DOI.
    """

    entry: Entry
    raw: str = ""
    shown: str | None = None
    doi: str = ""
    invalid: str = ""

    def verdict(self, kind: VerdictKind, reason: str | None = None) -> Verdict:
        """A verdict on this entry."""
        return Verdict(self.entry.key, self.shown, kind, start=max(0, self.entry.start), reason=reason)


def read_subject(entry: Entry) -> Subject:
    """The DOI of an entry, from `doi`, else from a resolver's address in `url`."""
    raw = entry.get("doi").strip()
    if not raw:
        url = entry.get("url")
        raw = url if any(resolver in url.lower() for resolver in _RESOLVERS) else ""
        if not raw:
            return Subject(entry)
    doi = None if is_dor(raw) else normalise_doi(raw)
    if doi:
        return Subject(entry, raw, doi, doi.lower())
    kind = kind_of(raw)
    return Subject(
        entry, raw, raw, invalid=f"it is {_KINDS[kind]}" if kind in _KINDS else "it is not shaped like a DOI"
    )
