#!/usr/bin/env bash
# Put labcheck's points into the real nbgrader and otter, each in an environment of its own, and read them back.
# It needs labcheck's own test environment (make .venv/test) and a package registry; FOLDER keeps the environments.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(realpath "${1:-$(mktemp -d)}")
mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

.venv/bin/python - "$scratch" <<'END'
import sys
from pathlib import Path

from labcheck.submission_file import encode
from tests.support.submissions import handed_in

for number, name in enumerate(("solved", "checked-only-at-the-end", "untouched")):
    Path(sys.argv[1], f"{number}.labcheck").write_bytes(encode(handed_in(number, name)))
END
.venv/bin/labcheck grade "$scratch" --lab push-and-pull -o "$scratch/out"

echo "== nbgrader"
test -x "$folder/nbgrader/bin/nbgrader" || {
    python3 -m venv "$folder/nbgrader"
    "$folder/nbgrader/bin/pip" install --quiet nbgrader==0.9.6
}
for _ in 1 2; do
    PATH="$folder/nbgrader/bin:$PATH" python labcheck/grade/integrations/to_nbgrader.py "$scratch/out/gradebook.json" "$scratch/gradebook.db"
done
(cd "$scratch" && PATH="$folder/nbgrader/bin:$PATH" nbgrader export --db "sqlite:///$scratch/gradebook.db")
PATH="$folder/nbgrader/bin:$PATH" python - "$scratch" <<'END'
import csv
import sys

from nbgrader.api import Gradebook

rows = {row["student_id"]: row for row in csv.DictReader(open(f"{sys.argv[1]}/grades.csv"))}
points = {who: (float(row["score"]), float(row["max_score"])) for who, row in rows.items()}
assert points == {"l00000": (19, 19), "l00001": (6, 19), "l00002": (0, 19)}, points
with Gradebook(f"sqlite:///{sys.argv[1]}/gradebook.db") as gradebook:
    by_hand = {
        who: gradebook.find_submission("push-and-pull", who).needs_manual_grade for who in rows
    }
assert by_hand == {"l00000": False, "l00001": True, "l00002": False}, by_hand
print("nbgrader exports", points, "and leaves to be graded by hand:", [who for who, it in by_hand.items() if it])
END

echo "== otter"
test -x "$folder/otter/bin/otter" || {
    python3 -m venv "$folder/otter"
    "$folder/otter/bin/pip" install --quiet otter-grader==7.0.0 ipykernel
}
.venv/bin/labcheck grade "$scratch/0.labcheck" --lab push-and-pull --format gradescope -o "$scratch/labcheck"
PATH="$folder/otter/bin:$PATH" "$folder/otter/bin/python" - "$scratch" <<'END'
import json
import subprocess
import sys
from pathlib import Path

import nbformat as nbf

folder = Path(sys.argv[1], "otter")
folder.mkdir()
master = nbf.v4.new_notebook()
master.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
cells = (
    ("raw", "# ASSIGNMENT CONFIG\ngenerate: true\ntests: {files: true}\nrun_tests: false\nexport_cell: false\ncheck_all_cell: false"),
    ("raw", "# BEGIN QUESTION\nname: q1\npoints: 2"),
    ("raw", "# BEGIN SOLUTION"),
    ("code", "x = 1 # SOLUTION"),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    ("code", "assert x == 1"),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
)
master.cells = [getattr(nbf.v4, f"new_{kind}_cell")(text) for kind, text in cells]
nbf.write(master, folder / "hw.ipynb")
subprocess.run(["otter", "assign", "hw.ipynb", "dist"], cwd=folder, check=True)
(autograder,) = (folder / "dist/autograder").glob("*.zip")
(folder / "results").mkdir()
command = ["otter", "run", "dist/autograder/hw.ipynb", "-a", str(autograder), "-o", "results"]
subprocess.run(command, cwd=folder, check=True)
results = folder / "results/results.json"
before = json.loads(results.read_text())
for _ in range(2):
    merge = [sys.executable, "labcheck/grade/integrations/to_otter.py", str(results), f"{sys.argv[1]}/labcheck/results.json"]
    subprocess.run(merge, check=True)
after = json.loads(results.read_text())
assert after["tests"][: len(before["tests"])] == before["tests"], "what is otter's stays"
score = sum(test.get("score", 0) for test in after["tests"])
most = sum(test.get("max_score", 0) for test in after["tests"])
assert (score, most) == (21, 21), (score, most)
print("otter's own 2 points and labcheck's 19:", score, "of", most)
END
