#!/usr/bin/env bash
# nbconvert 7.17.2 and nb-clean 5.0.0 against nbstripout 0.9.1: a notebook that was cleared for handing out still holds
# what was typed into its widgets; only nbstripout takes it away.
#
# The guess: "clear output" takes the widgets' values along, as they are what the outputs show.
# The truth: the values are not in the outputs but in the notebook's own metadata (metadata.widgets). nbconvert
# --clear-output and nb-clean empty every cell, so the notebook looks unused, and leave the values in the file.
# nbconvert needs --ClearMetadataPreprocessor.enabled=True beside it, nb-clean --remove-all-notebook-metadata.
#
# Seen (outputs left, the typed text still in the file):
#   jupyter-nbconvert --clear-output                                           0  yes
#   jupyter-nbconvert --clear-output --ClearMetadataPreprocessor.enabled=True  0  no
#   nb-clean clean                                                             0  yes
#   nb-clean clean --remove-all-notebook-metadata                              0  no
#   nbstripout                                                                 0  no
#
# Run by hand: bash findings/cleared-notebook-keeps-widget-state.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nbconvert==7.17.2 nb-clean==5.0.0 nbstripout==0.9.1 nbclient==0.11.0 \
    ipykernel==7.4.0 ipywidgets==8.1.9 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime" PATH="$dir/venv/bin:$PATH"
cd "$dir"
python - <<'END'
import shutil
import subprocess

import nbformat
from nbclient import NotebookClient
from nbformat import v4

TYPED = "what the learner typed"
CLEARING = {
    "jupyter-nbconvert --clear-output": True,
    "jupyter-nbconvert --clear-output --ClearMetadataPreprocessor.enabled=True": False,
    "nb-clean clean": True,
    "nb-clean clean --remove-all-notebook-metadata": False,
    "nbstripout": False,
}
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
source = "from ipywidgets import Text\nanswer = Text()\nanswer"
typing = f"answer.value = ' '.join({TYPED.split()!r})"  # so that no cell has the words
notebook = v4.new_notebook(cells=[v4.new_code_cell(source), v4.new_code_cell(typing)], metadata=kernel)
NotebookClient(notebook).execute()
nbformat.write(notebook, "used.ipynb")
for command, kept in CLEARING.items():
    shutil.copy("used.ipynb", "cleared.ipynb")
    subprocess.run([*command.split(), "cleared.ipynb"], check=True, capture_output=True)
    cleared = nbformat.read("cleared.ipynb", as_version=4)
    outputs = sum(len(cell.outputs) for cell in cleared.cells)
    still = TYPED in nbformat.writes(cleared)
    print(f"{command:74} {outputs}  {'yes' if still else 'no'}")
    assert outputs == 0, "an output is left"
    assert still == kept, "it is kept, or goes, otherwise"
END
