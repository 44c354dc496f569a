#!/usr/bin/env bash
# nbgrader 0.9.6 (ipykernel 7.4.0): a test cell whose assertions hold gets no points if anything in it writes to stderr: a
# warning, a line of logging, the progress of a command.
#
# The guess: a test cell fails by raising; what it prints, and where, is the same to the grader.
# The truth: output on stderr counts as an error: 0 points, and nothing says why, as the feedback shows no traceback.
# A command after `!` is on the safe side, because its stderr is a terminal's and arrives as stdout; then its exit code
# counts for nothing either: a command that failed gets full points. A last value that is a number is taken for the points.
#
# Seen (points of 2):
#   assert                              2.0
#   assert, warnings.warn               0.0
#   assert, logging.warning             0.0
#   assert, subprocess with progress    0.0
#   assert, ! with progress             2.0
#   %%bash with progress                0.0
#   ! that fails                        2.0
#   assert, the last value is 1         1.0
#
# Run by hand: bash findings/nbgrader-stderr-costs-all-points.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nbgrader==0.9.6 ipykernel==7.4.0 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime" PATH="$dir/venv/bin:$PATH"
cd "$dir"
cat > cells.py <<'END'
HOLDS = "assert 1 + 1 == 2\n"
PROGRESS = "echo pulling >&2"
CELLS = {
    "assert": (HOLDS, 2),
    "assert, warnings.warn": (HOLDS + "import warnings\nwarnings.warn('deprecated')", 0),
    "assert, logging.warning": (HOLDS + "import logging\nlogging.warning('slow')", 0),
    "assert, subprocess with progress": (HOLDS + f"import subprocess\nsubprocess.check_call({PROGRESS!r}, shell=True);", 0),
    "assert, ! with progress": (HOLDS + f"!{PROGRESS}", 2),
    "%%bash with progress": (f"%%bash\n{PROGRESS}", 0),
    "! that fails": ("!exit 3", 2),
    "assert, the last value is 1": (HOLDS + "1", 1),
}
END
python - <<'END'
from pathlib import Path

import nbformat
from cells import CELLS
from nbformat import v4

nbgrader = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False, "points": 2}
cells = [
    v4.new_code_cell(source, metadata={"nbgrader": nbgrader | {"grade_id": f"test-{number}"}})
    for number, (source, _) in enumerate(CELLS.values())
]
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
Path("source/lab").mkdir(parents=True)
nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), "source/lab/lab.ipynb")
END
nbgrader generate_assignment lab --create > log 2>&1 || { cat log; exit 1; }
mkdir -p submitted/learner && cp -r release/lab submitted/learner/lab
nbgrader autograde lab --create > log 2>&1 || { cat log; exit 1; }
python - <<'END'
from cells import CELLS
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as book:
    (notebook,) = book.find_submission("lab", "learner").notebooks
    points = {grade.name: grade.auto_score for grade in notebook.grades}
for number, (name, (_, expected)) in enumerate(CELLS.items()):
    seen = points[f"test-{number}"]
    print(f"{name:35} {seen}")
    assert seen == expected, "other points"
END
