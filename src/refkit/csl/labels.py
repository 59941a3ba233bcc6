"""The citation-label variable: letters of the authors' names and two digits of the year."""

from refkit.csl.context import Item
from refkit.csl.people import Person


def citation_label(item: Item) -> str:
    """The item's own label, else one made like "Doe00" or "DoRo00"."""
    given = item.get("citation-label")
    if given:
        return given
    people = next((people for name in ("author", "editor", "translator") if (people := item.people(name))), ())
    width = {1: 4, 2: 2, 3: 2}.get(len(people), 1)
    letters = "".join(_letters(person)[:width] for person in people[:4])
    date = item.date("issued")
    year = f"{date.start.year % 100:02d}" if date and date.start else ""
    return letters + year


def _letters(person: Person) -> str:
    return (person.family or person.literal).replace(" ", "")
