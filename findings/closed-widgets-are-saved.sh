#!/usr/bin/env bash
# nbclient 0.11.0 and anywidget 0.11.0 (ipykernel 7.4.0): a notebook that nbconvert --execute or papermill has run holds the whole
# script of a widget once for each instance, also of those that the notebook has closed again.
#
# The guess: instances share their class's script in the file, as they do in Python (a class attribute); a widget that
# is closed leaves the file, as it leaves the kernel and the page.
# The truth: the script is a part of each widget's synchronised state, and the state of each is stored by itself. nbclient
# follows comm_open and comm_msg and ignores comm_close, so whatever a loop made and closed is stored, too.
# Twenty small widgets with a script of 50 kB make a notebook of one megabyte, shown or not.
#
# Seen (widgets made, left open: characters of the notebook in thousands, copies of the script, stored models):
#   1, 1:       54   1   2
#   20, 20:   1046  20  40
#   20, 0:    1046  20  40
#
# Run by hand: bash findings/closed-widgets-are-saved.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nbclient==0.11.0 anywidget==0.11.0 ipywidgets==8.1.9 ipykernel==7.4.0 \
    nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime"
cd "$dir"
"$dir/venv/bin/python" - <<'END'
import nbformat
from nbclient import NotebookClient
from nbformat import v4

CLASS = """
import anywidget

class Small(anywidget.AnyWidget):
    _esm = "export default { render() {} } // the script" + "." * 50_000
"""
STATE = "application/vnd.jupyter.widget-state+json"
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def saved(made, left):
    cells = [CLASS, f"widgets = [Small() for _ in range({made})]", f"for it in widgets[{left}:]: it.close()"]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells], metadata=kernel)
    NotebookClient(notebook).execute()
    state = notebook.metadata["widgets"][STATE]["state"]
    copies = sum("// the script" in model["state"].get("_esm", "") for model in state.values())
    return len(nbformat.writes(notebook)), copies, len(state)


for (made, left), copies, models in (((1, 1), 1, 2), ((20, 20), 20, 40), ((20, 0), 20, 40)):
    size, *seen = saved(made, left)
    print(f"{f'{made}, {left}:':8} {size // 1000:5}  {seen[0]:2}  {seen[1]:2}")
    assert seen == [copies, models], "other models are stored"
    assert size > copies * 50_000, "the notebook is smaller"
END
