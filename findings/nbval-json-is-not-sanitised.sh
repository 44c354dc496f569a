#!/usr/bin/env bash
# nbval 0.11.0 (pytest 9.2.0, ipykernel 7.4.0): a sanitise file mends text/plain and text/html, but never an
# application/json output, in which the very same words differ.
#
# The guess: --nbval-sanitize-with applies to every output that nbval compares.
# The truth: it applies to strings. A JSON output is a dictionary or a list in the notebook, is passed through as it is
# and then compared; an id, a digest or a time in it fails the cell at every run, and no pattern can help. What is left
# is to give up comparing the cell (NBVAL_IGNORE_OUTPUT).
#
# Seen:
#   Cell 0 (text/plain) passed, Cell 1 (text/html) passed, Cell 2 (application/json, dictionary) failed,
#   Cell 3 (application/json, list) failed, each with the id of 32 hexadecimal digits that the pattern replaces
#
# Run by hand: bash findings/nbval-json-is-not-sanitised.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nbval==0.11.0 pytest==9.2.0 ipykernel==7.4.0 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime"
cd "$dir"
printf '[ids]\nregex: [0-9a-f]{32}\nreplace: ID\n' > sanitise.cfg
"$dir/venv/bin/python" - <<'END'
import nbformat
from nbformat import v4

ZERO = "0" * 32
OUTPUTS = {
    "text/plain": (f"image {ZERO}", "'image ' + new()"),
    "text/html": (f"<b>image {ZERO}</b>", "'<b>image ' + new() + '</b>'"),
    "application/json": ({"image": ZERO}, "{'image': new()}"),
}
CASES = [*OUTPUTS.items(), ("application/json", ([ZERO], "[new()]"))]
cells = []
for count, (kind, (recorded, expression)) in enumerate(CASES, 1):
    source = "import uuid\nfrom IPython.display import display\nnew = lambda: uuid.uuid4().hex\n"
    output = v4.new_output("display_data", data={kind: recorded})
    cells.append(v4.new_code_cell(f"{source}display({{{kind!r}: {expression}}}, raw=True)", execution_count=count, outputs=[output]))
nbformat.write(v4.new_notebook(cells=cells), "course.ipynb")
END
code=0
"$dir/venv/bin/python" -m pytest -p no:cacheprovider --nbval --nbval-current-env --nbval-sanitize-with sanitise.cfg \
    -rA -q --color=no course.ipynb > report || code=$?
grep -E '^(PASSED|FAILED) ' report | cut -d ' ' -f 1-4
[ "$code" = 1 ]
for cell in 'PASSED course.ipynb::Cell 0' 'PASSED course.ipynb::Cell 1' 'FAILED course.ipynb::Cell 2' 'FAILED course.ipynb::Cell 3'; do
    grep -q "^$cell" report
done
[ "$(grep -c "mismatch 'application/json'" report)" = 2 ]
