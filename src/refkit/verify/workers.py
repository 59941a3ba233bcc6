"""Several questions at once, none of them waited for beyond the deadline."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from refkit.errors import SourceError
from refkit.verify.limiter import TooLateError

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_all(
    work: Callable[[Item], Result], items: Sequence[Item], at_once: int, deadline: float
) -> Iterator[tuple[Item, Result | SourceError]]:
    """`work` for each item, in the order they finish; a SourceError is a result.

    The threads are daemons and are left behind at the deadline (seconds of `time.time()`): a host that sends one byte
    a second can hold a thread, but not the run.
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, Result | SourceError]] = queue.SimpleQueue()
    for number in range(len(items)):
        waiting.put(number)
    for _ in range(min(at_once, len(items))):
        threading.Thread(target=_work_off, args=(work, items, waiting, done), daemon=True).start()
    open_items = set(range(len(items)))
    while open_items:
        try:
            number, result = done.get(timeout=max(0.0, deadline - time.time()) + 0.1)
        except queue.Empty:
            break
        open_items.discard(number)
        yield items[number], result
    for number in sorted(open_items):
        yield items[number], TooLateError("the time for the check was over")


def _work_off(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    waiting: "queue.SimpleQueue[int]",
    done: "queue.SimpleQueue[tuple[int, Result | SourceError]]",
) -> None:
    while True:
        try:
            number = waiting.get_nowait()
        except queue.Empty:
            return
        result: Result | SourceError = SourceError("an error inside refkit; please report the lines above")
        try:
            result = work(items[number])
        except SourceError as error:
            result = error
        finally:
            done.put((number, result))
