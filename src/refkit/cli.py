"""The commands: options in, exit code out. A pipeline is imported only when its command runs."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

import click

from refkit import __version__
from refkit.commands import CLEAN, INTERRUPTED, USAGE
from refkit.errors import RefkitError

if TYPE_CHECKING:
    from refkit.commands.validate import Screen

REPORTS = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "markdown")
SORTS = ("none", "key", "author", "year", "type")
EXPORTS = ("text", "html", "markdown", "latex", "rtf", "csl-json", "ris", "biblatex", "bibtex")
TARGETS = ("bibtex", "biblatex", "csl-json", "jsonl", "ris")
CONTEXT = {"help_option_names": ["-h", "--help"]}


class _Group(click.Group):
    """A group that offers the nearest command for a mistyped one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error


@click.group(cls=_Group, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name="refkit", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn hand-written reference lists into a bibliography that can be trusted."""


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, replacing it, instead of standard output.")
@click.option("--to", type=click.Choice(TARGETS), default="bibtex", show_default=True, help="Format of the result.")
@click.option("--one-per-line", is_flag=True, help="Each line is one reference; do not look for their ends.")
@click.option("--append", metavar="STORE", help="Add the entries to an existing .bib file; keys there are kept.")
@click.option("--keep-text", is_flag=True, help="Keep the printed reference in the field refkit-source.")
@click.option("--show", is_flag=True, help="Show each reference with its fields in colour, doubtful ones first.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave text over that is less surely a field."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Read with this many processes.")
@click.option("--errors", metavar="FILE", help="With one reference a line: list bad lines in FILE as JSON lines.")
def parse(inputs: tuple[str, ...], **options: Any) -> None:
    """Read reference lists (plain text, - is standard input) into a bibliography.

    One entry for each reference, in reading order. What fits no field is kept in annote and told on standard error.

    \b
    Examples:
      refkit parse references.txt -o references.bib
      refkit parse paper.txt --to csl-json
      pbpaste | refkit parse - --append refs.bib
    """
    from refkit.commands.parse import Request, run

    if options["append"] and (options["output"] or options["to"] != "bibtex" or options["show"]):
        raise click.UsageError("--append writes to the store itself: leave out -o, --to and --show")
    for piece in run(inputs, Request(**options), lambda note: click.echo(_harmless(note), err=True)):
        click.echo(piece, nl=False, color=_wants_colour(sys.stdout))


@cli.command()
@click.argument("files", nargs=-1)
@click.option("--fix", is_flag=True, help="Apply safe fixes and write the files back.")
@click.option("--unsafe-fixes", is_flag=True, help="Let --fix and --diff apply fixes that need a look, too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--show-fixes", is_flag=True, help="List the fixes that were applied.")
@click.option("--offline", is_flag=True, help="Ask nobody: rules only, and answers that are in the cache.")
@click.option("--find-dois", is_flag=True, help="Search Crossref for entries without a DOI.")
@click.option("--select", multiple=True, metavar="CODES", help="Run only these rules; RK3 is all of a family.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not run these rules.")
@click.option("--extend-select", multiple=True, metavar="CODES", help="Run these rules, too.")
@click.option("--output-format", type=click.Choice(REPORTS), default="text", show_default=True, help="Kind of report.")
@click.option("-o", "--output", metavar="FILE", help="Write the report to FILE.")
@click.option(
    "--fail-on", type=click.Choice(("error", "warning", "info")), help="Exit 1 from here up  [default: warning]"
)
@click.option("--fail-on-incomplete", is_flag=True, help="Exit 3 when a DOI could not be checked.")
@click.option("--baseline", metavar="FILE", help="Report only findings that are not in FILE.")
@click.option("--write-baseline", is_flag=True, help="Write all findings into the --baseline FILE.")
@click.option("--statistics", is_flag=True, help="Count findings per rule instead of listing them.")
@click.option("--max-age", type=click.FloatRange(0), metavar="DAYS", help="Ask again where the cache is older.")
@click.option("--write-lock", is_flag=True, help="Record the verdicts beside the store, for checks without network.")
@click.option("--encoding", metavar="NAME", help="Read the files in this encoding, such as cp1256.")
@click.pass_context
def validate(context: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Find what is wrong in .bib stores and reference lists, and compare DOIs with Crossref.

    FILES are .bib stores or plain-text lists, - is standard input; without any, those of the configuration, else
    data/references.bib.

    \b
    Examples:
      refkit validate references.bib
      refkit validate --offline --fix --diff references.txt
      refkit validate --select RK4 --output-format json -o report.json

    Exit codes: 0 clean, 1 findings, 2 usage or unreadable input, 3 (--fail-on-incomplete) DOIs stayed unchecked.
    """
    from refkit.commands.validate import Request, run

    outcome = run(files, Request(**options), _screen())
    for note in outcome.notes:
        click.echo(_harmless(note), err=True)
    click.echo(outcome.output, nl=False, color=_wants_colour(sys.stdout))
    context.exit(outcome.code)


@cli.command(name="format")
@click.argument("files", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@click.option("-o", "--output", metavar="FILE", help="Write the result to FILE instead of back to the input.")
@click.option("--sort", type=click.Choice(SORTS), help="Order of the entries.  [default: none, as they stand]")
@click.option("--align/--no-align", default=None, help="Put the = of an entry under each other.")
@click.option("--encoding", metavar="NAME", help="Read the files in this encoding, such as cp1256.")
@click.pass_context
def format_(context: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Lay .bib files out; no value changes its meaning.

    FILES are .bib stores, - is standard input; without any, those of the configuration, else data/references.bib.
    Comments, @string, @preamble and entries that cannot be read stay byte for byte.

    \b
    Examples:
      refkit format references.bib
      refkit format --check *.bib
      refkit format - < in.bib > out.bib

    Exit codes: 0 done, 1 --check or --diff would change something, 2 usage or unreadable input.
    """
    from refkit.commands.format import Request, run

    outcome = run(files, Request(**options))
    on_terminal = sys.stdout.isatty()
    click.echo(_harmless(outcome.output.decode(errors="replace")) if on_terminal else outcome.output, nl=False)
    for note in outcome.notes:
        click.echo(_harmless(note), err=True)
    context.exit(outcome.code)


@cli.command()
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="All rules, as without CODE.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True,
    help="Form of the output.",
)  # fmt: skip
def rule(code: str | None, everything: bool, format_: str) -> None:
    """Explain a rule, by code or name; list a family (RK4), or all rules without CODE.

    \b
    Examples:
      refkit rule RK405
      refkit rule RK4
      refkit rule --all --format json
    """
    from refkit.commands.rule import run

    click.echo(run(None if everything else code, format_), nl=False)


@cli.command()
@click.argument("files", nargs=-1)
@click.option("--style", metavar="NAME", help="A style's name, or the path of a .csl file.  [default: apa]")
@click.option("--to", type=click.Choice(EXPORTS), default="text", show_default=True, help="Format of the result.")
@click.option("--locale", metavar="TAG", help="Language of the list, such as fa-IR.  [default: that of the style]")
@click.option("--locale-per-item", is_flag=True, help="Set each entry in the language of the work.")
@click.option("--digits", type=click.Choice(("latin", "persian")), default="latin", show_default=True,
    help="Digits of entries that are written from right to left.",
)  # fmt: skip
@click.option("--language-notes", is_flag=True, help="Add [In Persian] where a title is given in translation.")
@click.option("--sort", type=click.Choice(("style", "file")), default="style", show_default=True, help="Order.")
@click.option("--keys", metavar="KEY,…", help="Only these entries.")
@click.option("--cite", multiple=True, metavar="KEY,…", help="Print the citation of these entries instead.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, replacing it, instead of standard output.")
@click.option("--encoding", metavar="NAME", help="Read the files in this encoding, such as cp1256.")
def export(files: tuple[str, ...], **options: Any) -> None:
    """Print the bibliography in a citation style, or as a data format.

    FILES are .bib stores or reference lists, - is standard input; without any, those of the configuration, else
    data/references.bib. Nothing is fetched: about 10,800 styles are built in (refkit styles).

    \b
    Examples:
      refkit export references.bib --style apa
      refkit export --style chicago-author-date --to html -o references.html
      refkit export --style ieee --cite karami2022iran,boon2023reputation
      refkit export --to csl-json -o references.json
    """
    from refkit.commands.export import Request, run

    outcome = run(files, Request(**options))
    click.echo(outcome.output, nl=False)
    for note in outcome.notes:
        click.echo(_harmless(note), err=True)


@cli.command()
@click.argument("words", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="List every match, however many.")
def styles(words: tuple[str, ...], everything: bool) -> None:
    """Look for citation styles by words of their name, title, field or kind.

    \b
    Examples:
      refkit styles
      refkit styles vancouver
      refkit styles political science author-date
    """
    from refkit.commands.styles import run

    outcome = run(words, everything)
    click.echo(outcome.output, nl=False)
    if outcome.note:
        click.echo(outcome.note, err=True)


@cli.group(cls=_Group, name="cache")
def cache_() -> None:
    """Look after the cache of answers from Crossref, doi.org and DataCite."""


@cache_.command()
def info() -> None:
    """Tell where the cache is, what it holds and how old it is."""
    from refkit.commands.cache import show

    click.echo(_harmless(show()), nl=False)


@cache_.command()
def clear() -> None:
    """Remove all answers; they are asked for again when they are needed."""
    from refkit.commands.cache import clear

    click.echo(_harmless(clear()), nl=False)


def main() -> None:
    """Run the command line; only here is a RefkitError caught."""
    sys.exit(_run(cli))


def _run(command: Callable[..., Any]) -> int:
    try:
        result = command(standalone_mode=False)
        return result if isinstance(result, int) else CLEAN
    except click.ClickException as error:
        error.show()
        return USAGE
    except RefkitError as error:
        from refkit.text import printable

        click.echo(f"refkit: {printable(str(error))}", err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("refkit: interrupted; files are as they were", err=True)
        return INTERRUPTED


def _screen() -> "Screen":
    from shutil import get_terminal_size

    from refkit.commands.validate import Screen
    from refkit.report.progress import Bar

    shows_progress = sys.stderr.isatty() and not os.environ.get("CI")
    return Screen(_wants_colour(sys.stdout), get_terminal_size((100, 24)).columns, Bar() if shows_progress else None)


def _wants_colour(stream: TextIO) -> bool:
    """NO_COLOR, then FORCE_COLOR, decide; else whether the stream is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("FORCE_COLOR", "") not in ("", "0") or (stream.isatty() and os.environ.get("TERM") != "dumb")


def _harmless(text: str) -> str:
    from refkit.text import printable

    return printable(text)
