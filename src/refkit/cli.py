"""The commands: options in, exit code out. A pipeline is imported only when its command runs."""

import sys
from collections.abc import Callable
from typing import Any

import click

from refkit import __version__
from refkit.errors import RefkitError

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE, EXIT_INTERRUPTED = 0, 1, 2, 3, 130
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


def main() -> None:
    """Run the command line; only here is a RefkitError caught."""
    sys.exit(_run(cli))


def _run(command: Callable[..., Any]) -> int:
    try:
        result = command(standalone_mode=False)
        return result if isinstance(result, int) else EXIT_CLEAN
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except RefkitError as error:
        from refkit.text import printable

        click.echo(f"refkit: {printable(str(error))}", err=True)
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("refkit: interrupted; files are as they were", err=True)
        return EXIT_INTERRUPTED
