"""The progress bar of a long check, on standard error."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from refkit.verify import Progress

_WORTH_A_BAR = 20  # answers; fewer come before the bar could be read


class Bar:
    """Shows answers at hand, the share from the cache, rate and time left; silent for a short check."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def __call__(self, state: "Progress") -> None:
        """Show a state; the bar goes when all answers are in."""
        if self._bar is None and (state.total < _WORTH_A_BAR or state.done >= state.total):
            return
        if self._bar is None:
            self._bar = _new_bar()
            self._bar.start()
            self._task = self._bar.add_task("Checking DOIs", total=state.total, cached="")
        assert self._task is not None
        cached = f"{100 * state.cached // max(1, state.done)} % from the cache"
        self._bar.update(self._task, completed=state.done, total=state.total, cached=cached)
        if state.done >= state.total:
            self.close()

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _new_bar() -> "RichProgress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.progress import TaskProgressColumn as Speed

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Speed(show_speed=True),
        TextColumn("{task.fields[cached]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
