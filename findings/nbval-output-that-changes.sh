#!/usr/bin/env bash
# nbval 0.11.0 (pytest 9.2.0, ipykernel 7.4.0, ipywidgets 8.1.9): a notebook that nbclient has just run fails as soon as a
# cell updates what it shows, clears its output or prints into an Output widget.
#
# The guess: nbval reads a kernel's messages as those do who run and save notebooks, so a notebook that was saved by
# nbclient (or JupyterLab) passes as long as its cells print the same.
# The truth: nbval 0.11 knows neither update_display_data nor clear_output nor what goes into an Output widget. It keeps
# the first state of a display and all that was cleared, as output of the cell; what was saved is the last state.
# The message that would tell ("unhandled iopub msg") is printed, not raised. With clear_output(wait=True) and nothing after
# it both keep what was printed, and the cell passes.
#
# Seen (cell: saved by nbclient | verdict of nbval):
#   display, then update       'done' | failed
#   print, clear, print        b      | failed
#   print, clear(wait=True)    a      | passed
#   print into an Output       Output() | failed
#
# Run by hand: bash findings/nbval-output-that-changes.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nbval==0.11.0 pytest==9.2.0 nbclient==0.11.0 ipykernel==7.4.0 \
    ipywidgets==8.1.9 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime" PATH="$dir/venv/bin:$PATH"
cd "$dir"
python - <<'END'
import subprocess
import xml.etree.ElementTree as xml

import nbformat
from nbclient import NotebookClient
from nbformat import v4

CELLS = {
    "display, then update": "from IPython.display import clear_output, display\n"
    "shown = display('waiting', display_id=True)\nshown.update('done')",
    "print, clear, print": "print('a')\nclear_output()\nprint('b')",
    "print, clear(wait=True)": "print('a')\nclear_output(wait=True)",
    "print into an Output": "from ipywidgets import Output\ninto = Output()\nwith into:\n    print('inside')\ninto",
}
SAVED = ["'done'", "b", "a", "Output()"]
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in CELLS.values()], metadata=kernel)
NotebookClient(notebook).execute()
nbformat.write(notebook, "new.ipynb")
outputs = [output for cell in notebook.cells for output in cell.outputs]
saved = [(output.get("text") or output.data["text/plain"]).strip() for output in outputs]

subprocess.run(["pytest", "-q", "--nbval", "--junit-xml=report.xml", "new.ipynb"], capture_output=True)
cases = xml.parse("report.xml").iter("testcase")
verdicts = ["passed" if case.find("failure") is None else "failed" for case in cases]
for name, text, verdict in zip(CELLS, saved, verdicts, strict=True):
    print(f"{name:26} {text} | {verdict}")
assert saved == SAVED, "something else is saved"
assert verdicts == ["failed", "failed", "passed", "failed"], "the verdicts are others"
END
