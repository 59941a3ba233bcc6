"""`refkit validate`: read the files, run the pipeline, write what was fixed, report, say the exit code."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from refkit.commands import CLEAN, FINDINGS, INCOMPLETE, USAGE
from refkit.config import Settings, chosen_files, ignores, load_settings, selection
from refkit.errors import ConfigError, InputError
from refkit.files import STDIN, encode, read_source, replace_file
from refkit.model import Safety, Severity
from refkit.report import WITH_STATISTICS, View, render
from refkit.report.summary import counted, unchecked
from refkit.validate import FileResult, Options, Result, to_bytes, to_diff, validate

if TYPE_CHECKING:
    from refkit.verify import Progress

_SAY_UNCHECKED = ("text", "markdown")


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line, one field each."""

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False
    offline: bool = False
    find_dois: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    output_format: str = "text"
    output: str | None = None
    fail_on: str | None = None
    fail_on_incomplete: bool = False
    baseline: str | None = None
    write_baseline: bool = False
    statistics: bool = False
    encoding: str | None = None
    write_lock: bool = False
    max_age: float | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What standard output and error can show."""

    colour: bool = False
    width: int = 100
    progress: "Callable[[Progress], None] | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Text for standard output, lines for standard error, and the exit code."""

    output: str
    notes: tuple[str, ...]
    code: int


def run(files: Sequence[str], request: Request, screen: Screen) -> Outcome:
    """Validate the files as the options and settings say.

    A file that cannot be read is noted and makes the exit code 2; the others are validated all the same. Raises
    ConfigError for options that contradict each other and settings that are not understood, InputError when the only
    file cannot be read, StoreError when a file cannot be replaced.
    """
    _refuse_contradictions(request)
    settings = load_settings()
    names = chosen_files(files, settings)
    _refuse_input_as_output(names, request)
    results, problems = _validate_all(names, request, _options(settings, request, screen))
    result, notes = _with_baseline(Result(tuple(results)), request)
    notes += _written(result) if request.fix and not request.diff else ()
    notes += _locked(result) if request.write_lock else ()
    notes += tuple(_fixes(result)) if request.show_fixes else ()
    output, more = _shown(result, request, screen)
    code = USAGE if problems else _exit_code(result, request, Severity(request.fail_on or settings.fail_on))
    return Outcome(output, (*problems, *notes, *more), code)


def _refuse_contradictions(request: Request) -> None:
    fixing = request.fix or request.diff
    wrong = {
        "--unsafe-fixes needs --fix or --diff": request.unsafe_fixes and not fixing,
        "--show-fixes needs --fix or --diff": request.show_fixes and not fixing,
        "--write-baseline needs --baseline FILE": request.write_baseline and not request.baseline,
        f"--statistics works with --output-format {', '.join(WITH_STATISTICS)}": request.statistics
        and request.output_format not in WITH_STATISTICS,
    }
    for message, holds in wrong.items():
        if holds:
            raise ConfigError(message)


def _refuse_input_as_output(names: Sequence[str], request: Request) -> None:
    written = [Path(name).resolve() for name in (request.output, request.baseline) if name]
    for name in names:
        if name != STDIN and Path(name).resolve() in written:
            raise ConfigError(f"{name}: is an input, and would be overwritten; give the report another name")


def _options(settings: Settings, request: Request, screen: Screen) -> Options:
    from refkit import verify

    per_file, per_entry = ignores(settings)
    asked = verify.Options(
        mailto=settings.mailto,
        cache_dir=Path(settings.cache_dir) if settings.cache_dir else None,
        crossref_url=settings.crossref_url,
        doi_url=settings.doi_url,
        datacite_url=settings.datacite_url,
        offline=request.offline or settings.offline,
        find_dois=request.find_dois,
        max_age=request.max_age,
    )
    return Options(
        selection=selection(settings, request.select, request.extend_select, request.ignore),
        fix=_safety(request),
        verify=asked,
        progress=screen.progress,
        dialect=settings.dialect,
        sort="" if settings.format.sort == "none" else settings.format.sort,
        per_file_ignores=per_file,
        per_entry_ignores=per_entry,
        root=settings.root,
    )


def _safety(request: Request) -> Safety | None:
    if not (request.fix or request.diff):
        return None
    return Safety.UNSAFE if request.unsafe_fixes else Safety.SAFE


def _validate_all(names: Sequence[str], request: Request, options: Options) -> tuple[list[FileResult], tuple[str, ...]]:
    """The results of the files that can be read, and what is wrong with the others.

    Raises InputError when there is one file, and it cannot be read.
    """
    results: list[FileResult] = []
    problems: list[InputError] = []
    for name in names:
        try:
            results.append(validate(read_source(name, request.encoding), options))
        except InputError as error:
            problems.append(error)
    if not results and len(problems) == 1:
        raise problems[0]
    return results, tuple(f"refkit: {error}" for error in problems)


def _with_baseline(result: Result, request: Request) -> tuple[Result, tuple[str, ...]]:
    if request.baseline is None:
        return result, ()
    from refkit.validate.baseline import read_baseline, without_known, write_baseline

    path = Path(request.baseline)
    if not request.write_baseline:
        return without_known(result, read_baseline(path)), ()
    count = write_baseline(path, result)
    return without_known(result, read_baseline(path)), (f"Wrote {counted(count, 'finding', 'findings')} to {path}.",)


def _written(result: Result) -> tuple[str, ...]:
    """Write the files that were fixed; what to say about it."""
    notes = []
    for file in result.files:
        if file.changed and file.source.name != STDIN:
            before = encode(file.before, file.before.text)
            replace_file(Path(file.source.name), to_bytes(file), expected=before)
            notes.append(f"Fixed {counted(len(file.fixed), 'finding', 'findings')} in {file.source.name}.")
    return tuple(notes)


def _locked(result: Result) -> tuple[str, ...]:
    """Write the lock file of each file; what to say about it."""
    from refkit.verify.lock import write_lock

    files = [file for file in result.files if file.source.name != STDIN]
    paths = [write_lock(Path(file.source.name), file.entries, file.verdicts, date.today()) for file in files]
    return tuple(f"Wrote {path}." for path in paths)


def _fixes(result: Result) -> Iterator[str]:
    for file in result.files:
        for found in file.fixed:
            about = " ".join(part for part in (found.code, found.key, found.field) if part)
            yield f"  fixed {file.source.name}: {about}: {found.message}"


def _shown(result: Result, request: Request, screen: Screen) -> tuple[str, tuple[str, ...]]:
    """What goes to standard output, and further lines for standard error."""
    to_terminal = request.output is None
    view = View(screen.colour and to_terminal, screen.width, request.statistics)
    notes: tuple[str, ...] = ()
    if request.diff:
        text = "".join(to_diff(file) for file in result.files)
    else:
        text = render(result, request.output_format, view) if result.files else ""
        notes = () if to_terminal and request.output_format in _SAY_UNCHECKED else tuple(unchecked(result))
    if request.output is not None:
        replace_file(Path(request.output), text.encode())
        text = ""
    repaired = [file.source.text for file in result.files if file.source.name == STDIN]
    if request.fix and not request.diff and repaired:
        return repaired[0], (*notes, *text.splitlines())
    return text, notes


def _exit_code(result: Result, request: Request, level: Severity) -> int:
    # Asked for by name, so it wins: findings on their own say nothing about whether all DOIs were checked.
    if request.fail_on_incomplete and result.unchecked():
        return INCOMPLETE
    would_change = request.diff and any(file.changed for file in result.files)
    return FINDINGS if would_change or result.fails(level) else CLEAN
