"""What help costs, from the learner's question until the gradebook."""

from __future__ import annotations

import json
from pathlib import Path

from labcheck.sandbox.outside import Sandbox
from tests.live.learner import Learner

COSTLY = """
title: Costly
costs: {hint: 1, solution: 2}
steps:
  - id: pull
    title: Pull busybox
    points: 4
    hints: [docker pull fetches an image.]
    solution: docker pull busybox
    checks: [{check: image-present, image: busybox}]
"""


def test_a_hint_costs_what_the_lab_says_and_nothing_once_the_step_is_done(world: Sandbox, tmp_path: Path) -> None:
    learner, file = Learner(world), tmp_path / "costly.yaml"
    file.write_text(COSTLY, encoding="utf-8")
    lab, handed_in = str(file), str(tmp_path / "costly.labcheck")

    def points() -> tuple[float, int]:
        report = json.loads(learner.labcheck("check", lab, "--format", "json")[1])
        return report["points"], report["max_points"]

    assert points() == (0, 4)
    code, said = learner.labcheck("hint", lab, "pull")
    assert (code != 0, "it costs 1 point" in said, "fetches an image" in said) == (True, True, False), said
    code, said = learner.labcheck("hint", lab, "pull", "--yes")
    assert (code, "fetches an image" in said) == (0, True)
    learner.types("docker pull busybox")
    assert points() == (3, 4)
    assert learner.labcheck("solution", lab, "pull")[0] == 0, "it is not asked: it costs nothing any more"
    assert points() == (3, 4)

    assert learner.labcheck("submit", lab, "--learner", "ann", "-o", handed_in)[0] == 0
    code, said = learner.labcheck("grade", handed_in, "--lab", lab, "-o", str(tmp_path / "out"))
    assert code == 0, said
    ((mark,),) = (it["labs"] for it in json.loads((tmp_path / "out/gradebook.json").read_text())["marked"])
    assert (mark["points"], mark["max_points"], mark["steps"][0]["cost"]) == (3, 4, 1)
