"""Several people, threads and processes on one trace, and a process that is killed."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Barrier, Event

from assessment.method.answers import Answer, Trace
from assessment.store.database import open_database
from assessment.store.records import ChangeKind
from assessment.store.traces import TraceStore
from tests.store_samples import NOON, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

ROOT = Path(__file__).parents[1]

OPEN = """
import sys
from assessment.method.answers import Answer
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests.store_samples import NOON, a_trace, counted
url, *arguments = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
database = open_database(url)
"""
MIGRATE = OPEN + "migrate(database)\nprint(a_trace(TraceStore(database)), flush=True)\n"
ANSWER = (
    OPEN
    + """
use_case, prefix, count = arguments
store = TraceStore(database)
for number in range(int(count)):
    store.save_answer(use_case, f"{prefix}.{number}", Answer("named"), counted, NOON)
    print(f"{prefix}.{number}", flush=True)
"""
)


@contextmanager
def process(code: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A Python of its own that has imported everything and waits for a line to go on."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n", child.communicate()[1]
            yield child
        finally:
            child.kill()


def together(*children: "subprocess.Popen[str]") -> list[str]:
    """Let waiting processes go on at once; what each printed, when all have ended well."""
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    ended = [child.communicate(timeout=60) for child in children]
    assert [child.returncode for child in children] == [0] * len(children), ended
    return [output for output, _ in ended]


def test_processes_that_start_at_once_make_the_tables_once(store_url: str) -> None:
    with ExitStack() as stack:
        children = [stack.enter_context(process(MIGRATE, store_url)) for _ in range(4)]
        use_cases = [output.strip() for output in together(*children)]
    database = open_database(store_url)
    assert {line.id for line in TraceStore(database).recent(10)} == set(use_cases)
    database.close()


def test_a_killed_process_has_lost_nothing_it_called_saved(
    store: TraceStore, store_url: str
) -> None:
    use_case = a_trace(store)
    with process(ANSWER, store_url, use_case, "q", "100000") as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("\n")
        child.stdin.flush()
        for _ in range(25):
            child.stdout.readline()
        child.kill()  # SIGKILL: nothing is tidied up
        rest = child.stdout.read().split()
    stored = store.load(use_case)
    saved = {f"q.{number}" for number in range(25)} | {line for line in rest if line[0] == "q"}
    assert len(rest) < 90000, "it was killed while it was writing"
    assert saved <= set(stored.trace.answers)
    assert stored.result == counted(stored.trace)
    assert len(store.history(use_case)) == len(stored.trace.answers) + 1


def test_two_processes_on_one_trace_lose_nothing(store: TraceStore, store_url: str) -> None:
    use_case = a_trace(store)
    with (
        process(ANSWER, store_url, use_case, "left", "40") as left,
        process(ANSWER, store_url, use_case, "right", "40") as right,
    ):
        together(left, right)
    stored = store.load(use_case)
    assert set(stored.trace.answers) == {f"{s}.{n}" for s in ("left", "right") for n in range(40)}
    assert stored.result == counted(stored.trace)


def test_people_who_answer_at_once_lose_nothing(store: TraceStore) -> None:
    use_case = a_trace(store, Trace({}, {"shared": Answer("start")}))
    start = Barrier(8)

    def answer(person: int) -> None:
        start.wait()
        for number in range(10):
            own, theirs = f"own.{person}.{number}", Answer(f"{person}.{number}")
            store.save_answer(use_case, own, Answer("named"), counted, NOON)
            store.save_answer(use_case, "shared", theirs, counted, NOON)

    with ThreadPoolExecutor(8) as people:
        list(people.map(answer, range(8)))
    stored = store.load(use_case)
    assert len(stored.trace.answers) == 81
    assert stored.result == counted(stored.trace)
    changes = [change for change in store.history(use_case)[1:] if change.question == "shared"]
    assert len(changes) == 81, "everybody's answer is in the history"
    assert changes[-1].after == stored.trace.answer("shared"), "the later one wins"
    for earlier, later in pairwise(changes):
        assert later.before == earlier.after


def test_a_thread_that_edits_what_another_edits_sees_its_edit(store: TraceStore) -> None:
    use_case = a_trace(store)

    def add(letter: str) -> None:
        for _ in range(15):
            store.change_answer(
                use_case, "a", lambda old: Answer("named", old.detail + letter), counted, NOON
            )

    with ThreadPoolExecutor(2) as people:
        list(people.map(add, "xy"))
    detail = store.load(use_case).trace.answer("a").detail
    assert (detail.count("x"), detail.count("y")) == (15, 15)


def test_a_reader_sees_one_moment(store: TraceStore) -> None:
    use_case = a_trace(store)
    done = Event()

    def write() -> None:
        for number in range(60):
            store.save_answer(use_case, f"q.{number}", Answer("named"), counted, NOON)
        done.set()

    def read() -> int:
        seen = set()
        while not done.is_set():
            stored = store.load(use_case)
            assert stored.result == counted(stored.trace)
            seen.add(len(stored.trace.answers))
        return len(seen)

    with ThreadPoolExecutor(2) as people:
        writing, reading = people.submit(write), people.submit(read)
        writing.result()
        assert reading.result() > 1, "it read while the other one wrote"


def test_one_questionnaire_that_two_people_begin_with_at_once(store: TraceStore) -> None:
    start = Barrier(4)

    def begin(_: int) -> str:
        start.wait()
        return a_trace(store)

    with ThreadPoolExecutor(4) as people:
        use_cases = set(people.map(begin, range(4)))
    assert {line.id for line in store.recent(10)} == use_cases
    assert all(store.history(use_case)[0].kind is ChangeKind.CREATED for use_case in use_cases)
