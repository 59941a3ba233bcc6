"""What `refkit rule` does: explain one rule, list a family or all; and the page docs/rules.md."""

import inspect
import json
import unicodedata
from collections.abc import Iterator, Sequence

from refkit.errors import ConfigError
from refkit.model import Safety
from refkit.rules import RULES, Rule, families, load

_PARTS = ("Why", "Bad", "Good")


def run(word: str | None, format_: str = "text") -> str:
    """One rule by its code or name, all rules of a prefix such as RK4, or all rules without a word.

    `format_` is "text", "markdown" or "json". Raises ConfigError, with the nearest code, for a word that fits nothing.
    """
    load()
    chosen = _chosen(word)
    if format_ == "json":
        return json.dumps([to_json(item) for item in chosen], ensure_ascii=False, indent=2) + "\n"
    if format_ == "markdown":
        return "\n".join(_page(chosen))
    if word and len(chosen) == 1:
        return _explanation(chosen[0])
    return "\n".join(_list(chosen)) + "\n"


def _chosen(word: str | None) -> list[Rule]:
    rules = [RULES[code] for code in sorted(RULES)]
    if not word:
        return rules
    found = [item for item in rules if item.code.startswith(word.upper()) or item.name == word.lower()]
    if found:
        return found
    near = _nearest(word)
    hint = f"did you mean {near} ({RULES[near].name})?" if near else "`refkit rule` lists them"
    raise ConfigError(f"there is no rule {word}; {hint}")


def _nearest(word: str) -> str:
    """The code whose code or name differs least from `word`, empty when none is near."""
    from rapidfuzz.distance import OSA

    names = {**{code: code for code in RULES}, **{item.name.upper(): item.code for item in RULES.values()}}
    best = min(sorted(names), key=lambda name: OSA.normalized_distance(word.upper(), name))
    return names[best] if OSA.normalized_distance(word.upper(), best) < 0.5 else ""


def manual(rule: Rule) -> dict[str, str]:
    """The parts of a rule's manual: "What" and, where given, "Why", "Bad" and "Good", each on one line."""
    parts = {"What": ""}
    current = "What"
    for line in inspect.cleandoc(rule.manual).splitlines():
        label, colon, rest = line.partition(":")
        if colon and label in _PARTS:
            current = label
            parts[current] = rest.strip()
        else:
            parts[current] = f"{parts[current]} {line.strip()}".strip()
    return {name: _visible(text) for name, text in parts.items()}


def _visible(text: str) -> str:
    """`text` with invisible characters, but for joiners inside Persian words, written as escapes."""
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign) == "Cf" and sign != "\u200c" else sign for sign in text
    )


def to_json(rule: Rule) -> dict[str, object]:
    """The rule as a JSON object."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "fix": rule.fix,
        "default": rule.default,
        **{name.lower(): text for name, text in manual(rule).items()},
    }


def _facts(rule: Rule) -> str:
    fix = {None: "no fix", Safety.SAFE: "safe fix", Safety.UNSAFE: "unsafe fix"}[rule.fix]
    return f"{rule.severity}, {fix}, {'on' if rule.default else 'off'} by default"


def _explanation(rule: Rule) -> str:
    parts = manual(rule)
    lines = [f"{rule.code} {rule.name}", _facts(rule), "", parts.pop("What"), ""]
    return "\n".join([*lines, *(f"{name + ':':5} {text.strip('`')}" for name, text in parts.items())]) + "\n"


def _list(rules: Sequence[Rule]) -> Iterator[str]:
    for family, title in families.items():
        members = [item for item in rules if item.code.startswith(family)]
        if members:
            yield f"{family} {title}"
            yield from (f"  {item.code} {item.name:32} {_facts(item)}" for item in members)


def _page(rules: Sequence[Rule]) -> Iterator[str]:
    """The page docs/rules.md."""
    yield "# Rules\n"
    yield "This page is made by `refkit rule --format markdown`; the text is that of `refkit rule CODE`.\n"
    yield "A *safe* fix cannot change which work is cited; `--fix` applies it. An *unsafe* fix needs a look, and"
    yield "`--unsafe-fixes`. A finding may be less severe than its rule, where the rule is less sure.\n"
    for family, title in families.items():
        members = [item for item in rules if item.code.startswith(family)]
        if members:
            yield f"## {family} {title}\n"
            for item in members:
                yield from _section(item)


def _section(rule: Rule) -> Iterator[str]:
    parts = manual(rule)
    yield f"### {rule.code} {rule.name}\n"
    yield f"*{_facts(rule)}*\n"
    yield f"{parts['What']}\n"
    yield from (f"- {name}: {parts[name]}" for name in _PARTS if name in parts)
    yield ""
