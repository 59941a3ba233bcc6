"""Authors, editors, translators: what the words before, behind or inside a run of names say of them."""

import re

from refkit.model import Span
from refkit.parse.patterns import Draft
from refkit.regex import regex

_WORDS = {
    "editor": r"""(?:a )?cura di
        (?:hrsg|hgg?)\.? v(?:on|\.)
        herausgegeben von
        edited by
        eds?\.(?: by)?
        éds?\.(?: par)?
        [eé]dité par
        sous la dir(?:ection|\.) de
        dirett[ao] da
        ed\. de
        edición de
        под ред(?:акцией|\.)
        отв\. ред\.
        red\.
        bearb\. von""",
    "translator": r"""trans(?:l|lated)?\.(?: by)?
        translated by
        trad\.(?: (?:par|di|de|it\. di))?
        traduit (?:par|de)
        traduzione di
        traducción de
        tradução de
        übers\.(?: von)?
        übersetzt von
        aus dem \w+ (?:übersetzt )?von
        пер\. с \w+\.?""",
    "note": r"""rev\.(?: by)?
        con foto di
        préf(?:ace|\.) d[e’']
        préface par
        prefazione di
        introd(?:uzione|\.)? di
        foreword by
        introduction by
        (?:mit e\.|mit einem) (?:vorwort|nachwort) v(?:on|\.)
        begr\. von
        begründet von
        illustrated by
        предисл\.""",
}
_ANY = {role: "|".join(map(str.strip, words.splitlines())) for role, words in _WORDS.items()}
_INSIDE = {role: regex(rf"[(\[]?(?:{words})\s+(?=\S)", re.IGNORECASE) for role, words in _ANY.items()}
_BEFORE = {role: regex(rf"(?<!\w)(?:{words})[\s(]*$", re.IGNORECASE) for role, words in _ANY.items()}
_HEADS = frozenset(
    """a cura hrsg hg hgg herausgegeben edited ed eds éd éds edité édité sous diretta diretto edición под отв red bearb
    trans transl translated trad traduit traduzione traducción tradução übers übersetzt aus пер rev con préf préface
    prefazione introd introduzione foreword introduction mit begr begründet illustrated предисл""".split()
)
_EDITORS_MARK = regex(
    r"\s?,?\s?[(\[]\s?(?:Hrsg|Hrg|Hgg?|eds?|editors?|dirs?|éds?|coords?|orgs?|ред)\.?\s?[)\]]", re.IGNORECASE
)
_EDITORS_END = regex(
    r"[\s,]*(?:[(\[]\s?(?:[Hh]rsg|Hrg|Hgg?|[Ee]ds?|[Ee]ditors?|[Cc]oords?|a cura di)\.?\s?[)\]]|"
    r",?\s(?:ed\.|eds\.?|editors?|Eds\.|Hrsg\.?|Hgg?\.))$"
)
_IN_BEFORE = regex(r"(?:^|[\s,.(])(?:in|dans|nel|en|в)\s{0,3}:?\s{0,3}$", re.IGNORECASE)
_WORD = regex(r"[^\W\d_]")
# What leads to a reference in a footnote: "Vgl. dazu auch Grimm", "So bereits Ehrlich", "See also Scott". Some words
# lead alone, but only in lower case, where they stand between two works of one footnote: "ferner Sinzheimer".
_ALONE = (
    r"ferner|weiterhin|außerdem|kritisch|krit\.|zustimmend|zust\.|ablehnend|abl\.|anders|ähnlich|ebenso|grundlegend|"
    r"ausführlich|eingehend|zuletzt"
)
_MORE = (
    r"(?:auch|etwa|bereits|schon|dazu|nur|also|aber|e\.g\.,?|for example,?|generally|anche|inoltre|pure|aussi|"
    rf"également|также:?|die (?:Besprechung|Rezension) von|{_ALONE})"
)
LEAD = regex(
    rf"(?:(?:(?:[Vv]gl|[Cc]f|[Cc]fr|[Сс]м|[Сс]р)\b\.?:?|[Ss]iehe|[Hh]ierzu|[Dd]azu|[Vv]oir|[Vv]edi|[Ss]i veda)\s"
    rf"(?:{_MORE}\s)*+|(?:[Ss]ee,?|[Ss]o|[Ee]twa|(?i:{_ALONE}))\s(?:{_MORE}\s)++|"
    rf"(?:{_ALONE}|a\. ?A\.|s\. ?a\.|s\. auch|sowie|and|und|but|see|compare|contra|for a review,? see|"
    r"Grundlegend|Einführend|Weiterführend|Zusammenfassend|"
    r"[Zz]u[rm] (?:Kritik|Ganzen|Diskussion):)\s){1,3}(?=[^\W\d_]|\ue000)"
)
# The same where a work may begin in the middle of a footnote: "See Dworkin" need not be a family called See.
LEAD_OF_SENTENCE = regex(rf"{LEAD.pattern}|(?:See|So|(?i:{_ALONE}))\s(?=[^\W\d_])")
# What stands for the author of the work before.
REPEATED = regex(r"(?i:(?:ders|dies)(?!\w)\.?|(?:id|ead)\.|(?:idem|eadem|он же|она же)(?!\w))")


def give_roles(draft: Draft) -> None:
    """Give each run of names its role: "a cura di", "trans.", "in", "(Hrsg.)"; who is named so is no author."""
    first = True
    for index, span in enumerate(draft.spans):
        if span.field != "author":
            continue
        mark = _EDITORS_END.search(span.text)
        end = span.start + mark.start() if mark else span.end
        role, start = ("editor", span.start) if mark else _role_of(draft, span, first)
        first = False
        draft.spans[index] = span._replace(field=role, text=draft.text[start:end], start=start, end=end)
        if start > span.start:
            lead = draft.text[span.start : start].rstrip()
            draft.spans.append(Span("label", lead, span.start, span.start + len(lead)))
        if mark:
            printed = mark[0].lstrip(" ,")
            draft.spans.append(Span("label", printed, span.end - len(printed), span.end))


def _role_of(draft: Draft, span: Span, first: bool) -> tuple[str, int]:
    """The role of people, and where their names begin."""
    if _EDITORS_MARK.match(draft.text, span.end):
        return "editor", span.start
    before = draft.text[max(0, span.start - 40) : span.start]
    opens = first and not _WORD.search(before)  # "Ed. Meyer" may open a reference: his name is Eduard
    leads = span.text.lstrip("([").split(" ", 1)[0].rstrip(".").casefold() in _HEADS
    for role in _WORDS if leads or not opens else ():
        inside = _INSIDE[role].match(span.text) if leads else None
        if inside and len(span.text) - inside.end() > 2 and not (opens and len(inside[0].strip()) < 5):
            return role, span.start + inside.end()
        if not opens and _BEFORE[role].search(before):
            return role, span.start
    lead = LEAD.match(span.text)
    start = span.start + lead.end() if lead else span.start
    return ("editor" if not first and _IN_BEFORE.search(before) else "author"), start
