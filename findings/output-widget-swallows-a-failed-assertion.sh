#!/usr/bin/env bash
# ipywidgets 8.1.9 (nbclient 0.11.0, nbmake 1.5.5, nbgrader 0.9.6): what fails under an Output widget passes all three, and
# nbgrader gives all points for it; what fails in a button's callback passes nbclient alone.
#
# The guess: a `with` block that only says where the output goes lets exceptions through, as contextlib.redirect_stdout does.
# The truth: in a kernel it shows the traceback in the widget and goes on with what stands after the block; the cell has neither
# an error nor any output of it, only the widget's saved state has. A button's callback that raises leaves an error in the cell's
# outputs, but the cell went well: nbclient passes it, nbmake and nbgrader look at the outputs. An observer raises.
#
# Seen (points of 2):
#   with Output(): assert False       nbclient passes, nbmake passes, nbgrader 2.0, error in the widget's state
#   @Output().capture()               nbclient passes, nbmake passes, nbgrader 2.0, error in the widget's state
#   Button.on_click                   nbclient passes, nbmake fails, nbgrader 0.0, error in the cell
#   IntText.observe                   nbclient fails, nbmake fails, nbgrader 0.0, error in the cell
#   redirect_stdout                   nbclient fails, nbmake fails, nbgrader 0.0, error in the cell
#
# Run by hand: bash findings/output-widget-swallows-a-failed-assertion.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install \
    ipywidgets==8.1.9 ipykernel==7.4.0 nbformat==5.11.1 nbclient==0.11.0 nbmake==1.5.5 pytest==9.2.0 nbgrader==0.9.6
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime" PATH="$dir/venv/bin:$PATH"
mkdir "$dir/course" && cd "$dir/course"
cat > cells.py <<'END'
CHECK = "def check(*_):\n    assert False\n"
CELLS = {
    "with Output(): assert False": ("with Output():\n    assert False", ("passes", "passes", 2, "the widget's state")),
    "@Output().capture()": (CHECK + "Output().capture()(check)()", ("passes", "passes", 2, "the widget's state")),
    "Button.on_click": (CHECK + "button = Button()\nbutton.on_click(check)\nbutton.click()", ("passes", "fails", 0, "the cell")),
    "IntText.observe": (CHECK + "text = IntText()\ntext.observe(check, 'value')\ntext.value = 1", ("fails", "fails", 0, "the cell")),
    "redirect_stdout": ("import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    assert False", ("fails", "fails", 0, "the cell")),
}
END
python - <<'END'
from pathlib import Path

import nbformat
from cells import CELLS
from nbformat import v4

nbgrader = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False, "points": 2}
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
Path("source/lab").mkdir(parents=True)
for number, (source, _) in enumerate(CELLS.values()):
    first = v4.new_code_cell("from ipywidgets import Button, IntText, Output")
    test = v4.new_code_cell(source, metadata={"nbgrader": nbgrader | {"grade_id": "test"}})
    nbformat.write(v4.new_notebook(cells=[first, test], metadata=kernel), f"source/lab/cell-{number}.ipynb")
END
nbgrader generate_assignment lab --create > log 2>&1 || { cat log; exit 1; }
mkdir -p submitted/learner && cp -r release/lab submitted/learner/lab
nbgrader autograde lab --create > log 2>&1 || { cat log; exit 1; }
python -m pytest -q --nbmake --junitxml=nbmake.xml source/lab > log 2>&1 || true
python - <<'END'
import re
import xml.etree.ElementTree as ElementTree

import nbformat
from cells import CELLS
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as book:
    points = {notebook.name: notebook.score for notebook in book.find_submission("lab", "learner").notebooks}
nbmake = {
    re.search(r"cell-\d", case.get("classname") + case.get("name"))[0]: "passes" if case.find("failure") is None else "fails"
    for case in ElementTree.parse("nbmake.xml").iter("testcase")
}
for number, (name, (_, expected)) in enumerate(CELLS.items()):
    file = f"cell-{number}"
    notebook = nbformat.read(f"source/lab/{file}.ipynb", as_version=4)
    nbclient = "passes"
    try:
        NotebookClient(notebook).execute()
    except CellExecutionError:
        nbclient = "fails"
    state = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    places = {
        "the cell": notebook.cells[-1].outputs,
        "the widget's state": [output for model in state.values() for output in model["state"].get("outputs", ())],
    }
    (place,) = [where for where, outputs in places.items() if any(output["output_type"] == "error" for output in outputs)]
    print(f"{name:33} nbclient {nbclient}, nbmake {nbmake[file]}, nbgrader {points[file]}, error in {place}")
    assert (nbclient, nbmake[file], points[file], place) == expected, "it is judged otherwise"
END
