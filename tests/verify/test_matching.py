import pytest

from refkit.model import Entry, Field
from refkit.names import Name
from refkit.verify.match import Relation, match
from refkit.verify.printed import read_entry
from refkit.verify.record import Record

RECORD = Record(
    doi="10.1/a",
    type="journal-article",
    titles=("Rivers of southern Europe after the last war",),
    subtitles=("A survey",),
    authors=(Name("Karami", "Ali"), Name("Saberi", "Mina")),
    containers=("Journal of Rivers", "J. Rivers"),
    years=(2019, 2020),
    volume="12",
    issue="3",
    pages="145-160",
)
FIELDS = {
    "author": "Karami, Ali and Saberi, Mina",
    "title": "Rivers of southern Europe after the last war",
    "journal": "Journal of Rivers",
    "year": "2020",
    "volume": "12",
    "number": "3",
    "pages": "145--160",
}
CHAPTER = Record(
    doi="10.1/c",
    type="book-chapter",
    titles=("Water and war",),
    authors=(Name("Zhou", "Peng"),),
    containers=("Studies in Hydrology", "Rivers of the World"),
    years=(2011,),
    pages="33-50",
)
BOOK = Record(
    doi="10.1/b", type="edited-book", titles=("Rivers of the World",), editors=(Name("Lee", "Ann"),), years=(2011,)
)
CHAPTER_FIELDS = {"author": "Zhou, P.", "title": "Water and war", "booktitle": "Rivers of the World", "year": "2011"}


def judge(
    record: Record, changes: dict[str, str], base: dict[str, str] = FIELDS, kind: str = "article"
) -> tuple[Relation, set[str]]:
    values = {name: value for name, value in {**base, **changes}.items() if value}
    found = match(read_entry(Entry(kind, "key", tuple(Field(*pair) for pair in values.items()))), record)
    return found.relation, {item.field for item in found.differences}


SAME = [
    pytest.param({}, id="faithful"),
    pytest.param({"title": "Rivers of Southern Europe After the Last War: A Survey"}, id="with subtitle"),
    pytest.param({"title": "Rivers of southern Europe"}, id="broken off"),
    pytest.param({"title": "{Rivers} of southern {E}urope after the last war"}, id="braces"),
    pytest.param({"journal": "J. Rivers"}, id="abbreviated"),
    pytest.param({"year": "2021"}, id="a year more"),
    pytest.param({"year": "2018"}, id="a year less"),
    pytest.param({"year": "1398"}, id="Solar Hijri year"),
    pytest.param({"author": "Karami, A. and others"}, id="and others"),
    pytest.param({"author": "Ali, Karami and Mina, Saberi"}, id="swapped names"),
    pytest.param({"pages": "145--60"}, id="shortened pages"),
    pytest.param({"pages": "145"}, id="first page"),
    pytest.param({"volume": "XII"}, id="Roman volume"),
    pytest.param({"volume": "", "number": "", "pages": "", "journal": ""}, id="minimal"),
    pytest.param({"title": "رودهای جنوب اروپا پس از جنگ اخیر"}, id="translated, numbers agree"),
]
DIFFERENT = [
    pytest.param({"year": "2015"}, {"year"}, id="year"),
    pytest.param({"volume": "13"}, {"volume"}, id="volume"),
    pytest.param({"number": "4"}, {"number"}, id="issue"),
    pytest.param({"pages": "245--260"}, {"pages"}, id="pages"),
    pytest.param({"pages": "145--199"}, {"pages"}, id="last page"),
    pytest.param({"journal": "Journal of Lakes"}, {"journal"}, id="journal"),
    pytest.param({"author": "Petrov, I. and Saberi, Mina"}, {"author"}, id="first author"),
    pytest.param({"author": "Saberi, Mina and Karami, Ali"}, {"author"}, id="order of authors"),
    pytest.param({"author": "Karami, Ali and Petrov, Ivan"}, {"author"}, id="second author"),
    pytest.param({"year": "2015", "volume": "8"}, {"year", "volume"}, id="two"),
    pytest.param({"title": "Lakes of northern Asia before the first war"}, {"title"}, id="title, numbers agree"),
]
OTHER = [
    pytest.param(
        {"title": "On the theory of sound", "author": "Petrov, I.", "volume": "3", "pages": "1--9", "year": "1999"},
        id="another work",
    ),
    pytest.param(
        {"title": "Lakes of northern Asia", "volume": "10", "pages": "9--20"}, id="same author, journal, year"
    ),
    pytest.param(
        {"title": "Rivers of southern Europe after the last war. Part II", "pages": "161--170"}, id="another part"
    ),
]


@pytest.mark.parametrize("changes", SAME)
def test_same_work_without_differences(changes: dict[str, str]) -> None:
    assert judge(RECORD, changes) == (Relation.SAME, set())


@pytest.mark.parametrize(("changes", "fields"), DIFFERENT)
def test_same_work_with_differences(changes: dict[str, str], fields: set[str]) -> None:
    relation, found = judge(RECORD, changes)
    assert relation is not Relation.OTHER
    assert found == fields


@pytest.mark.parametrize("changes", OTHER)
def test_another_work(changes: dict[str, str]) -> None:
    assert judge(RECORD, changes)[0] is Relation.OTHER


def test_chapter_in_a_series() -> None:
    assert judge(CHAPTER, {}, CHAPTER_FIELDS, "incollection") == (Relation.SAME, set())


def test_book_on_a_chapter() -> None:
    assert judge(BOOK, {}, CHAPTER_FIELDS, "incollection")[0] is Relation.OTHER


def test_chapter_on_a_book() -> None:
    fields = {"editor": "Lee, Ann", "title": "Rivers of the World", "year": "2011"}
    assert judge(CHAPTER, {}, fields, "book")[0] is Relation.OTHER
    assert judge(BOOK, {}, fields, "book") == (Relation.SAME, set())


def test_editors_as_authors() -> None:
    assert (
        judge(BOOK, {}, {"author": "Lee, Ann", "title": "Rivers of the World", "year": "2011"}, "book")[0]
        is Relation.SAME
    )


def test_review_that_bears_the_title_of_the_book() -> None:
    review = Record(
        doi="10.1/r", type="journal-article", titles=BOOK.titles, authors=(Name("Fox", "E."),), years=(2012,)
    )
    fields = {"editor": "Lee, Ann", "title": "Rivers of the World", "year": "2011"}
    assert judge(review, {}, fields, "book")[0] is Relation.OTHER


def test_generic_title_needs_more() -> None:
    editorial = Record(
        doi="10.1/e",
        type="journal-article",
        titles=("Editorial",),
        authors=(Name("Lee", "A."),),
        years=(2001,),
        volume="1",
        pages="1-2",
    )
    fields = {"author": "Lee, A.", "title": "Editorial", "year": "2009", "volume": "9", "pages": "401--402"}
    assert judge(editorial, {}, fields)[0] is Relation.OTHER
    assert judge(editorial, {}, {**fields, "year": "2001", "volume": "1", "pages": "1--2"})[0] is Relation.SAME


def test_record_without_a_title() -> None:
    bare = Record(
        doi="10.1/n", authors=RECORD.authors, years=(2020,), volume="12", pages="145-160", type="journal-article"
    )
    assert judge(bare, {})[0] is Relation.SAME
    assert judge(bare, {"volume": "9", "pages": "7"})[0] is Relation.OTHER


@pytest.mark.parametrize("kind", ["component", "peer-review", "journal", "journal-issue"])
def test_record_of_a_part_or_of_the_whole(kind: str) -> None:
    assert judge(Record(doi="10.1/x", type=kind, titles=("Figure 3",)), {})[0] is Relation.OTHER
