"""Which rules run, and how severe their findings count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from refkit.errors import ConfigError
from refkit.model import Finding, Severity
from refkit.rules import RULES, load

ALL = "ALL"
_AS_DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Selection:
    """Codes or prefixes of codes; the longest prefix that fits a rule decides, `ignore` on a tie.

    An empty `select` stands for the rules that are on by default. `severity` gives findings another severity.
    """

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the rules that run."""
        load()
        chosen = (*self.select, *self.extend)
        return frozenset(
            code
            for code, declared in RULES.items()
            if max(_length(code, chosen), 0 if declared.default and not self.select else -1)
            > _length(code, self.ignore)
        )

    @cached_property
    def severities(self) -> Mapping[str, Severity]:
        """The severity of each rule that has been given another one."""
        load()
        nearest = ((code, max(_fitting(code, self.severity), key=len, default="")) for code in RULES)
        return {code: self.severity[prefix] for code, prefix in nearest if prefix}


def _fitting(code: str, prefixes: Iterable[str]) -> list[str]:
    return [prefix for prefix in prefixes if prefix == ALL or code.startswith(prefix)]


def _length(code: str, prefixes: Iterable[str]) -> int:
    """Length of the longest prefix that fits the code, 0 for ALL, -1 when none fits."""
    return max((0 if prefix == ALL else len(prefix) for prefix in _fitting(code, prefixes)), default=-1)


def read_codes(texts: Iterable[str], where: str) -> tuple[str, ...]:
    """Codes or prefixes from texts such as "RK104,RK3", checked against the rules.

    Raises ConfigError with the nearest code for one that no rule begins with.
    """
    words = [word.upper() for text in texts for word in text.replace(",", " ").split()]
    for word in words:
        _check_code(word, where)
    return tuple(dict.fromkeys(words))


def _check_code(word: str, where: str) -> None:
    load()
    if word == ALL or any(code.startswith(word) for code in RULES):
        return
    near = nearest_code(word)
    hint = f"did you mean {near}?" if near else "`refkit rule` lists the codes"
    raise ConfigError(f"{where}: there is no rule {word}; {hint}")


def nearest_code(word: str) -> str:
    """The code, or the code of the rule's name, that looks most like `word`; empty when none does."""
    from difflib import get_close_matches

    load()
    as_digits = word.upper().translate(_AS_DIGITS)
    if as_digits in RULES:
        return as_digits
    names = {declared.name: code for code, declared in RULES.items()}
    near = get_close_matches(word.upper(), sorted(RULES), n=1) or get_close_matches(word.lower(), sorted(names), n=1)
    return names.get(near[0], near[0]) if near else ""


def with_severity(findings: Sequence[Finding], severities: Mapping[str, Severity]) -> list[Finding]:
    """The findings with the severity that the settings give their rules."""
    if not severities:
        return list(findings)
    return [
        replace(found, severity=severities[found.code]) if found.code in severities else found for found in findings
    ]
