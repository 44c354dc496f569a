#!/usr/bin/env bash
# nbclient 0.11.0 (what nbconvert --execute and papermill run notebooks with; ipykernel 7.4.0): a code cell that has
# been emptied keeps its old output and execution count when the notebook is run again.
#
# The guess: a run replaces the outputs of every code cell; a cell without code ends with none.
# The truth: a cell whose source is empty or blank is passed over before its outputs are cleared. A cell with nothing but
# a comment is run and cleared. So "run it all afresh, then look at the outputs" finds the output of code that is no
# longer there, under a count that belongs to another run: here two cells have the count 2.
#
# Seen (source, count, output after the run):
#   '1 + 1'             1     2
#   ''                  2     pushed
#   '  \n'              3     pushed
#   '# docker push'     2     nothing
#
# Run by hand: bash findings/nbclient-emptied-cell.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nbclient==0.11.0 ipykernel==7.4.0 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime"
"$dir/venv/bin/python" - <<'END'
from nbclient import NotebookClient
from nbformat import v4

SOURCES = ("1 + 1", "", "  \n", "# docker push")
cells = []
for number, source in enumerate(SOURCES, 1):
    old = v4.new_output("stream", name="stdout", text="pushed\n")
    cells.append(v4.new_code_cell(source, execution_count=number, outputs=[old]))
notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
NotebookClient(notebook, timeout=120).execute()

seen = []
for cell in notebook.cells:
    text = "".join(output.get("text") or output["data"]["text/plain"] for output in cell.outputs).strip()
    seen.append((cell.execution_count, text))
    print(f"{cell.source!r:19} {cell.execution_count}     {text or 'nothing'}")
assert seen == [(1, "2"), (2, "pushed"), (3, "pushed"), (2, "")], "the outputs after the run are others"
END
