"""Dates between the fields of an entry and CSL-JSON: `date` (EDTF), `year` `month` `day`, `urldate`."""

import re
from collections.abc import Callable
from typing import Any

from refkit.dates import MONTH_MACROS, SEASON_NAMES, SEASONS, ascii_digits, find_named, month_number, read_date
from refkit.latex import from_text, to_text, to_verbatim

JsonDate = dict[str, Any]
_PART = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T[0-9:.Z+-]{0,30})?([~?%]?)")
_UNSPECIFIED = re.compile(r"([0-9]{2})([0-9]?)([Xxu]{1,2})([~?%]?)")
_YEARS = re.compile(r"(-?[0-9]{1,4})\s?(?:-{1,3}|[–—/])\s?([0-9]{1,4})")
_CIRCA = re.compile(r"(?:c\.|ca\.?|circa|around|about|حدود)\s?", re.IGNORECASE)
_BEFORE_CHRIST = re.compile(r"([0-9]{1,4})\s?(?:B\.?C\.?(?:E\.?)?)", re.IGNORECASE)
_NO_DATE = re.compile(r"n\.?\s?d\.?|no date|undated|s\.?\s?a\.?|بی‌?تا|بدون تاریخ", re.IGNORECASE)
_DAYS_IN_MONTH = re.compile(r"([^\W\d_]{3,12})\.?\s([0-9]{1,2})\s?(?:-{1,3}|[–—/])\s?([0-9]{1,2})")
_RANGE = re.compile(r"\s?(?:-{1,3}|[–—/]|\band\b)\s?")


def issued(get: Callable[[str], str]) -> JsonDate | None:
    """The date of publication as a CSL date; None when there is none (or "n.d."). `get` gives a field's value."""
    if date := get("date").strip():
        return any_date(to_verbatim(date))  # "~" marks an uncertain date here
    year = ascii_digits(to_text(get("year"))).strip(" .,")
    if year.isdecimal() and len(year) <= 4:
        found: JsonDate = {"date-parts": [[int(year)]]}
    elif not year or _NO_DATE.fullmatch(year):
        return None
    else:
        found = _year(year)
    if get("month") and len(found.get("date-parts", ())) == 1 and "literal" not in found:
        return _with_month(found, to_text(get("month")), to_text(get("day")))
    return found


def any_date(text: str) -> JsonDate:
    """A date in EDTF, or as people print it; what cannot be read becomes a literal."""
    plain = ascii_digits(text).strip()
    if found := edtf(plain):
        return found
    named = read_date(plain) if re.search("[0-9]{4}", plain) else None
    if named and _is_one_date(plain):
        return {"date-parts": [_parts(named.year, named.month, named.day)]}
    return {"literal": text}


def edtf(text: str) -> JsonDate | None:
    """A date or interval in EDTF level 1 (ISO 8601-2) as biblatex takes it; None for anything else."""
    start, slash, end = text.partition("/")
    first = _edtf_date(start)
    if first is None or not slash:
        return first
    if end in ("", ".."):
        return {"date-parts": first["date-parts"], "literal": f"{start.rstrip('~?%')}–"}
    last = _edtf_date(end)
    if last is None or "season" in first or "season" in last:
        return None
    circa = {"circa": True} if first.get("circa") or last.get("circa") else {}
    return {"date-parts": [first["date-parts"][0], last["date-parts"][-1]], **circa}


def date_fields(date: JsonDate) -> dict[str, str]:
    """A CSL date as BibTeX fields: `year`, `month`, `day`; with `date` in EDTF where these cannot say it."""
    if "literal" in date or "raw" in date:
        return {"year": from_text(str(date.get("literal") or date.get("raw")))}
    parts = [[int(number) for number in part] for part in date.get("date-parts", ()) if part and part[0] != ""]
    if not parts:
        return {}
    first = parts[0]
    if len(parts) == 1 and not date.get("circa") and first[0] >= 0:
        return _simple_fields(first, date.get("season"))
    if len(parts) == 2 and len(first) == len(parts[1]) == 1 and not date.get("circa") and first[0] >= 0:
        return {"year": f"{first[0]}--{parts[1][0]}"}
    return {"year": str(first[0]), "date": to_edtf(date)}


def to_edtf(date: JsonDate) -> str:
    """A CSL date in EDTF; a literal as it is."""
    parts = [[int(number) for number in part] for part in date.get("date-parts", ()) if part]
    if "literal" in date or not parts:
        return str(date.get("literal") or date.get("raw") or "")
    mark = "~" if date.get("circa") else ""
    if date.get("season") and len(parts) == 1:
        return f"{_iso(parts[0][:1])}-{20 + int(date['season'])}{mark}"
    return "/".join(_iso(part) + mark for part in parts)


def _simple_fields(parts: list[int], season: object) -> dict[str, str]:
    fields = {"year": str(parts[0])}
    if season and len(parts) == 1:
        number = int(str(season))
        return fields | {"month": SEASON_NAMES[(number - 1) % 4]}
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        fields["month"] = MONTH_MACROS[parts[1] - 1]
        if len(parts) > 2:
            fields["day"] = str(parts[2])
    return fields


def _iso(parts: list[int]) -> str:
    year = f"{'-' if parts[0] < 0 else ''}{abs(parts[0]):04d}"
    return "-".join([year, *(f"{number:02d}" for number in parts[1:3])])


def _edtf_date(text: str) -> JsonDate | None:
    if decade := _UNSPECIFIED.fullmatch(text):
        known, missing = decade[1] + decade[2], len(decade[3])
        if len(known) + missing != 4:
            return None
        return {"date-parts": [[int(known + "0" * missing)], [int(known + "9" * missing)]], "circa": True}
    match = _PART.fullmatch(text)
    if match is None:
        return None
    month, day = int(match[2] or 0), int(match[3] or 0)
    circa = {"circa": True} if match[4] else {}
    if 21 <= month <= 24 and not day:
        return {"date-parts": [[int(match[1])]], "season": month - 20, **circa}
    if (match[2] and not 1 <= month <= 12) or (match[3] and not 1 <= day <= 31):
        return None
    return {"date-parts": [_parts(int(match[1]), month, day)], **circa}


def _year(text: str) -> JsonDate:
    """The value of a `year` field: one year, a range, an uncertain year, years before Christ, or words."""
    bare = text.strip("[]() ")
    circa = bool(_CIRCA.match(bare)) or bare.endswith("?") or text.startswith("[")
    bare = _CIRCA.sub("", bare, count=1).rstrip("?")
    mark = {"circa": True} if circa else {}
    if single := re.fullmatch(r"(-?[0-9]{1,4})[a-z]?", bare):
        return {"date-parts": [[int(single[1])]], **mark}
    if years := _YEARS.fullmatch(bare):
        end = years[2] if len(years[2]) >= len(years[1]) else years[1][: -len(years[2])] + years[2]
        return {"date-parts": [[int(years[1])], [int(end)]], **mark}
    if ancient := _BEFORE_CHRIST.fullmatch(bare):
        return {"date-parts": [[-int(ancient[1])]], **mark}
    return edtf(text) or {"literal": text}


def _with_month(date: JsonDate, month: str, day: str) -> JsonDate:
    """The date with the month and day fields, which may hold ranges ("jun--jul"), seasons, or a whole "June 24"."""
    month, day = ascii_digits(month).strip(" .,"), ascii_digits(day).strip(" .,")
    if not month:
        return date
    year = date["date-parts"][0][0]
    if season := SEASONS.get(month.casefold()):
        return {**date, "season": season}
    if not day and (named := find_named(month)) and _is_one_date(month):
        return {**date, "date-parts": [[year, named[0].month, named[0].day]]}
    if spread := _DAYS_IN_MONTH.fullmatch(month):
        month, day = spread[1], f"{spread[2]}-{spread[3]}"
    months = [_month(word) for word in _RANGE.split(month, maxsplit=1)]
    days = [int(word) if re.fullmatch("[0-9]{1,2}", word) else 0 for word in _RANGE.split(day, maxsplit=1)]
    if not all(months):
        return date
    parts = [_parts(year, months[0], days[0]), _parts(year, months[-1], days[-1])]
    return {**date, "date-parts": parts[:1] if parts[0] == parts[1] else parts}


def _month(word: str) -> int:
    if re.fullmatch("[0-9]{1,2}", word):
        return int(word) if 1 <= int(word) <= 12 else 0
    return month_number(word) or 0


def _is_one_date(text: str) -> bool:
    return not re.search(r"[0-9]\s?(?:-{1,3}|[–—/])\s?[0-9]{1,2}\s+[^\W\d_]", text)


def _parts(year: int, month: int, day: int) -> list[int]:
    return [year, *(number for number in (month, day) if number)]
