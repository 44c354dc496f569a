"""Put labcheck's points into nbgrader's gradebook: ``python to_nbgrader.py OUT/gradebook.json gradebook.db``.

Run it with the Python that nbgrader is installed in; it needs nothing else. Each lab becomes an assignment with one
notebook, each of its steps a grade cell. Points that nobody could decide are left to be graded by hand. nbgrader has
one maximum for all learners, so an excused step gets the same share of its points as the learner's other steps.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-not-found]  # only in its own environment


def read(file: Path) -> Iterator[dict[str, Any]]:
    """The head of labcheck's gradebook, then each submission: each is on a line of its own."""
    with file.open(encoding="utf-8") as text:
        yield json.loads(text.readline().rpartition(',"marked":')[0] + "}")
        for line in text:
            if line.startswith("]"):
                return
            if line.strip():
                yield json.loads(line.rstrip(",\n"))


def put(labcheck: Path, nbgrader: str) -> int:
    """Write all, and say how many submissions there were. A learner's last file counts if there are several."""
    rows, count = read(labcheck), 0
    with Gradebook(nbgrader) as gradebook:
        for lab in next(rows)["labs"]:
            gradebook.update_or_create_assignment(lab["lab"])
            gradebook.update_or_create_notebook(lab["lab"], lab["lab"])
            for step in lab["steps"]:
                about = {"max_score": step["max_points"], "cell_type": "code"}
                gradebook.update_or_create_grade_cell(step["id"], lab["lab"], lab["lab"], **about)
        for row in rows:
            learner = row["learner"]
            if learner["id"]:
                gradebook.update_or_create_student(learner["id"], first_name=learner["name"])
                for lab in row["labs"]:
                    put_lab(gradebook, learner["id"], lab, row["submitted_at"])
                count += bool(row["labs"])
    return count


def put_lab(gradebook: Gradebook, learner: str, lab: dict[str, Any], submitted_at: str) -> None:
    """Write a learner's points in a lab."""
    name = lab["lab"]
    share = lab["points"] / lab["max_points"] if lab["max_points"] else 1
    gradebook.update_or_create_submission(name, learner, timestamp=submitted_at)
    for step in lab["steps"]:
        try:
            grade = gradebook.find_grade(step["id"], name, name, learner)
        except MissingEntry:  # the step was added to the lab after this was written for the first time
            gradebook.remove_submission(name, learner)
            put_lab(gradebook, learner, lab, submitted_at)
            return
        undecided = step["at_most"] > step["points"]
        grade.auto_score = None if undecided else share * step["max_points"] if step.get("excused") else step["points"]
        grade.needs_manual_grade = undecided and grade.manual_score is None
    gradebook.db.commit()


if __name__ == "__main__":
    written = put(Path(sys.argv[1]), f"sqlite:///{sys.argv[2]}")
    print(f"{written} submissions are in {sys.argv[2]}.")
