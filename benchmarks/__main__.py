"""`python -m benchmarks`: one table on standard output, and in a file where one is named."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks import browser, engine, phone, printing, protocol, saving, workshop
from benchmarks.table import Figure, markdown

NOTES = Path(__file__).with_name("notes.md")
"""What stands below the table: where the time goes, and what did not help."""


def main() -> None:
    """Measure, print the table, and write it."""
    options = _options()
    parts: Mapping[str, tuple[str, Callable[[bool], list[Figure]]]] = {
        "engine": ("The method alone", engine.figures),
        "printing": ("The report as PDF", printing.figures),
        "saving": ("One answer on the disk", saving.figures),
        "protocol": (
            "Over the websocket protocol, at least 300 ms between two answers of a person",
            partial(protocol.figures, soak=options.soak),
        ),
        "workshop": (
            "A workshop: phones over HTTP, two screens over the websocket protocol",
            workshop.figures,
        ),
        "phone": ("A participant's phone, in a browser", phone.figures),
        "browser": ("In a browser", browser.figures),
    }
    sections = []
    for name in options.only or parts:
        title, figures = parts[name]
        sys.stderr.write(f"{name} ...\n")
        sections.append((title, figures(options.quick)))
    page = _page(options, markdown(sections))
    print(page)
    if options.output:
        options.output.write_text(page, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer people, shorter: a trial")
    parser.add_argument("--soak", type=float, default=0, metavar="MINUTES", help="see memory")
    parser.add_argument("--only", nargs="+", metavar="PART", help="engine, printing, ...")
    parser.add_argument("--output", type=Path, metavar="FILE", help="such as docs/benchmarks.md")
    parser.add_argument("--date", default="", help="when, as it shall stand in the file")
    parser.add_argument("--machine", default="", help="what else there is to say of the machine")
    return parser.parse_args()


def _page(options: argparse.Namespace, table: str) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "typst", "sqlalchemy"))
    facts = [
        options.date,
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()}, {versions}",
        options.machine,
        "a quick trial, not to be quoted" if options.quick else "",
    ]
    listed = "\n".join(f"- {fact}" for fact in facts if fact)
    return f"""# Benchmarks

Made by `python -m benchmarks`:

{listed}

Times are medians; p95 is what 95 of 100 stay under. Every peer ran in turn with what stands beside
it, in the same minutes.

{table}
{NOTES.read_text(encoding="utf-8")}"""


if __name__ == "__main__":
    main()
