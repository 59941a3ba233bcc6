import pytest

from refkit.parse.patterns import claim_marked, claim_numbers, find_quoted, start_draft


def marked(text: str, name: str) -> list[str]:
    draft = start_draft(text)
    claim_marked(draft)
    claim_numbers(draft)
    return [span.text for span in draft.spans if span.field == name]


NOTHING = {
    "doi-in-words": ("The doi of this work is unknown.", "doi"),
    "version-number": ("Release 10.5/2 of the data", "doi"),
    "retrieved-data": ("Information Retrieved Documents 2004", "url"),
    "language-in-title": ("A Grammar of Persian (Cambridge)", "language"),
    "persian-in-title": ("Studies in Persian Poetry, Brill", "language"),
    "no-issue": ("There is no 1 way to do it", "volume"),
    "volume-in-word": ("Convolution 12 times", "volume"),
}
FOUND = {
    "doi-bracket": ("(doi:10.1787/9279f6c3-en.).", "doi", "10.1787/9279f6c3-en"),
    "doi-with-brackets": ("doi: 10.1016/S0140-6736(05)67889-2.", "doi", "10.1016/S0140-6736(05)67889-2"),
    "doi-unlabelled": ("(10.22034/FASIW.2023.366800.1215), [in Persian]", "doi", "10.22034/FASIW.2023.366800.1215"),
    "doi-link": ("https://doi.org/10.1080/0163660X.2013.861715.", "doi", "10.1080/0163660X.2013.861715"),
    "doi-broken": ("(doi: 10.1080/ 0163660X.2013.861715)", "doi", "10.1080/ 0163660X.2013.861715"),
    "doi-invalid": ("doi:12.34/abc, next", "doi", "12.34/abc"),
    "doi-link-broken": ("at http://dx.doi. org/10.1021/ es304638h", "doi", "10.1021/ es304638h"),
    "doi-before-blank": ("doi:10 .1016/j.aop.2016.12.030", "doi", "10 .1016/j.aop.2016.12.030"),
    "doi-broken-alone": ("J. Biochem. 5, 12-13. 10. 1093/jb/mvg083", "doi", "10. 1093/jb/mvg083"),
    "doi-before-year": ("Nature 507, 455-461, doi: 10.1038/nature12787 (2014).", "doi", "10.1038/nature12787"),
    "doi-before-pmid": ("doi:10.1126/science.1193063.PMID:20847271.", "doi", "10.1126/science.1193063"),
    "doi-arxiv": ("doi:10.48550/arXiv.2301.01234, 2023", "doi", "10.48550/arXiv.2301.01234"),
    "dor": ("(doi:20.1001.1.26767562.1399.18.100.2.5), [in Persian]", "dor", "20.1001.1.26767562.1399.18.100.2.5"),
    "url-glued": ("Availble at: https://x.org/a/,(Accessed on: 2/11/2023).", "url", "https://x.org/a/"),
    "url-broken": ("https://x.org/agreement? Lang=en, (Accessed", "url", "https://x.org/agreement? Lang=en"),
    "url-broken-scheme": ("URL http : // www. tic .com/ a.pdf", "url", "http : // www. tic .com/ a.pdf"),
    "url-broken-path": ("at http://x.org/ vol15/ iss4/ art20.", "url", "http://x.org/ vol15/ iss4/ art20"),
    "url-before-date": ("at http://x.org/ 12/03/2012", "url", "http://x.org/"),
    "url-before-sentence": ("at http://x.org. in press. 2012", "url", "http://x.org"),
    "url-of-publisher": ("at https://x.org/doi/abs/10.1111/j.14.x", "url", "https://x.org/doi/abs/10.1111/j.14.x"),
    "url-two": ("at https://x.org/a;https://y.org/b", "url", "https://x.org/a"),
    "url-no-scheme": ("Availble at: www.swp-berlin.org, (Accessed", "url", "www.swp-berlin.org"),
    "url-stop": ("Availble at: https://carnegie.ru., August 20", "url", "https://carnegie.ru"),
    "url-scheme-typo": ("at htpps://x.org/a.", "url", "htpps://x.org/a"),
    "label": ("Avaliable at: https://x.org", "label", "Avaliable at"),
    "accessed": ("(Accessed on: 13 / 11 / 2021)", "accessed", "13 / 11 / 2021"),
    "accessed-typo": ("(Acessed on: 17/5//2024).", "accessed", "17/5//2024"),
    "accessed-words": ("(Accessed: 12 May 2021).", "accessed", "12 May 2021"),
    "accessed-german": ("abgerufen am 12.5.2021", "accessed", "12.5.2021"),
    "language": ("pp. 1-2, [In Persian].", "language", "Persian"),
    "language-reversed": ("(Accessed on: 23/11/2015), ] In Persian [", "language", "Persian"),
    "language-typo": ("[in Persain]", "language", "Persain"),
    "language-bare": ("10.1000/abc, in Persian.", "language", "Persian"),
    "volume-comma": ("Vol, 4, No. 2, pp.1-29 (doi", "volume", "4"),
    "issue-without-stop": ("Vol. 10, No 40, pp. 135-164", "issue", "40"),
    "issue-comma": ("Vol, 15, No, 2, pp. 177-198", "issue", "2"),
    "pages": ("Vol. 4, No. 2, pp.60-68, Availble", "pages", "60-68"),
    "pages-article": ("pp. S1-S20", "pages", "S1-S20"),
    "compact": ("Journal, 22(84), 33-58", "issue", "84"),
    "compact-pages": ("Lancet. 2015;385(9967):117-71.", "pages", "117-71"),
    "persian-pages": ("سال ۲۵، شماره ۳، صص ۱۲-۲۰.", "pages", "۱۲-۲۰"),
    "russian-pages": ("Т. 62, № 3. С. 12–20.", "pages", "12–20"),
    "german": ("Bd. 4, H. 2, S. 12–45", "volume", "4"),
    "arxiv": ("2017, arXiv:1706.03762", "arxiv", "1706.03762"),
    "isbn": ("ISBN 978-3-16-148410-0.", "isbn", "978-3-16-148410-0"),
    "translator": ("Discipline. Translated by Alan Sheridan, Vintage", "translator", "Alan Sheridan"),
}
QUOTED = {
    "curly": ("“Title”, Journal", "Title"),
    "nested": ("“On “Old” Laws”, Journal", "On “Old” Laws"),
    "straight": ('"Title", Journal', "Title"),
    "straight-nested": ('"The "New" World", Journal', 'The "New" World'),
    "german": ("„Titel“, Zeitschrift", "Titel"),
    "guillemets": ("«عنوان»، مجله", "عنوان"),
    "single": ("‘States’ rights’, Journal", "States’ rights"),
    "apostrophe": ("'Iran's policy', Journal", "Iran's policy"),
}


@pytest.mark.parametrize(("text", "name"), NOTHING.values(), ids=NOTHING.keys())
def test_nothing_is_claimed(text, name):
    assert marked(text, name) == []


@pytest.mark.parametrize(("text", "name", "value"), FOUND.values(), ids=FOUND.keys())
def test_claimed(text, name, value):
    assert value in marked(text, name)


@pytest.mark.parametrize(("text", "inside"), QUOTED.values(), ids=QUOTED.keys())
def test_quoted(text, inside):
    start, end, closed = find_quoted(text, 0)
    assert (text[start:end], closed) == (inside, True)


def test_unclosed_quote():
    assert find_quoted("“India and “North—South” Corridor, Vol. 16", 0) == (1, -1, False)
