"""Reports made by hand, one for each state a lab can be in: what the golden files beside it show."""

from __future__ import annotations

import msgspec

from labcheck.report import Report, State, StepReport
from labcheck.verdict import Fix, Outcome, Verdict, worst

REGISTRY_COMMAND = "docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"
HOSTILE = "<script>alert('x')</script>\x1b[31m\x07\x00\x9b2J\u202egnp.exe & $a$ ]]> \ud800\r\nname"

STATES = {Outcome.PASS: State.DONE, Outcome.SKIP: State.LATER, Outcome.INCONCLUSIVE: State.UNSEEN}


def ok(title: str, actual: str = "it is") -> Verdict:
    return Verdict(title, Outcome.PASS, actual=actual)


def no(title: str, expected: str, actual: str, *commands: str, why: str = "", diagnosis: str | None = None) -> Verdict:
    return Verdict(title, Outcome.FAIL, expected, actual, diagnosis, why, Fix(commands))


def waits(title: str, prerequisite: str) -> Verdict:
    return Verdict(title, Outcome.SKIP, why=f"First comes: {prerequisite}.")


def unseen(title: str, reason: str, fix: Fix = Fix()) -> Verdict:  # noqa: B008 - a frozen value
    return Verdict(title, Outcome.INCONCLUSIVE, "a look", reason, fix=fix)


def step(name: str, title: str, *checks: Verdict, state: State | None = None, points: int = 2) -> StepReport:
    outcome = worst([check.outcome for check in checks])
    state = state or STATES.get(outcome, State.NEXT)
    done = state in {State.DONE, State.BROKEN}
    return StepReport(
        id=name,
        title=title,
        outcome=outcome,
        done=done,
        done_at="2026-03-02T10:05:07.123456789Z" if done else None,
        holds_now=None if outcome is Outcome.INCONCLUSIVE else outcome is Outcome.PASS,
        broken_since="2026-03-02T10:32:44.5Z" if state is State.BROKEN else None,
        points=points if done else 0,
        max_points=points,
        state=state,
        checks=checks,
    )


def made(*steps: StepReport, title: str = "Push and pull through a private registry", **fields: object) -> Report:
    open_steps = sorted(
        (one for one in steps if one.state is not State.DONE), key=lambda one: one.state != "broken since"
    )
    whole = Report(
        lab="push-and-pull",
        title=title,
        attempt=1,
        looked_at="2026-03-02T10:40:00Z",
        outcome=worst([one.outcome for one in steps]),
        points=sum(one.points for one in steps),
        max_points=sum(one.max_points for one in steps),
        next=open_steps[0].id if open_steps else None,
        steps=steps,
    )
    return msgspec.structs.replace(whole, **fields)


RUNS = "The container my-registry runs the image registry"
ANSWERS = "A registry answers at localhost:5000"
HOLDS = "localhost:5000 holds {name}:latest, the same image as {name}:latest"
ASK = "Which repositories does the catalog list?"
STARTED = step("start-registry", "Start a registry on port 5000", ok(RUNS), ok(ANSWERS))
PULLED = step("pull", "Pull nginx and httpd from Docker Hub", ok("The image nginx:latest is here"))
PUSHED = step("push", "Push both images to your registry", ok(HOLDS.format(name="nginx")), points=3)
LISTED = step("catalog", "List what your registry holds", ok(ASK, "your answer httpd, nginx is right"), points=1)
PUSH_LATER = step("push", "Push both images to your registry", waits("x", "Start a registry on port 5000"), points=3)
LIST_LATER = step("catalog", "List what your registry holds", waits(ASK, "Push both images to your registry"), points=1)
TAGGED_ONLY = (
    "You tagged httpd, but did not push it: a tag is a name on your machine, and the registry learns of it only from "
    "docker push"
)
DOWN = "the Docker engine does not answer at unix:///var/run/docker.sock"
UP = Fix(("labcheck start",), "Or start the engine of this machine: open Docker Desktop, or ask whoever runs it.")

REPORTS = {
    "untouched": made(
        step(
            "start-registry",
            "Start a registry on port 5000",
            no(
                RUNS,
                "a running container my-registry, made from registry",
                "there is no container called my-registry",
                REGISTRY_COMMAND,
            ),
            no(ANSWERS, "a registry at localhost:5000", "nothing answers there"),
        ),
        step("pull", "Pull nginx and httpd from Docker Hub", no("y", "z", "x"), state=State.LATER),
        PUSH_LATER,
        LIST_LATER,
    ),
    "half-way": made(
        STARTED,
        PULLED,
        step(
            "push",
            "Push both images to your registry",
            ok(HOLDS.format(name="nginx")),
            no(
                HOLDS.format(name="httpd"),
                "localhost:5000/httpd:latest in the registry, the same image as httpd:latest",
                "the registry holds no repository httpd",
                "docker push localhost:5000/httpd:latest",
                why=TAGGED_ONLY,
                diagnosis="tagged-not-pushed",
            ),
            points=3,
        ),
        LIST_LATER,
    ),
    "question-open": made(
        STARTED,
        PULLED,
        PUSHED,
        step(
            "catalog",
            "List what your registry holds",
            Verdict(
                ASK,
                Outcome.FAIL,
                "names, separated by commas",
                "not answered yet",
                fix=Fix(
                    ("curl -X GET localhost:5000/v2/_catalog", "labcheck answer push-and-pull catalog NAME,NAME"),
                    "Put the names you see instead of NAME,NAME.\nCommas between them, no spaces.",
                ),
            ),
            points=1,
        ),
    ),
    "broken": made(
        STARTED,
        PULLED,
        step(
            "push",
            "Push both images to your registry",
            no(
                HOLDS.format(name="nginx"),
                "localhost:5000/nginx:latest in the registry, the same image as nginx:latest",
                "the registry holds no repository nginx",
                "docker push localhost:5000/nginx:latest",
                "docker push localhost:5000/httpd:latest",
                why="The registry was created again after the push, and a new registry is empty",
                diagnosis="recreated-empty",
            ),
            state=State.BROKEN,
            points=3,
        ),
        step("catalog", "List what your registry holds", no(ASK, "an answer", "none"), state=State.LATER, points=1),
    ),
    "could-not-look": made(
        *(
            step(name, title, unseen("x", DOWN, UP))
            for name, title in (("start-registry", "Start a registry"), ("pull", "Pull"), ("push", "Push"))
        ),
    ),
    "could-not-look-at-the-rest": made(
        STARTED,
        PULLED,
        step("push", "Push both images to your registry", unseen(HOLDS.format(name="nginx"), DOWN, UP), points=3),
        step("catalog", "List what your registry holds", unseen(ASK, DOWN, UP), points=1),
    ),
    "step-unseen": made(
        STARTED,
        PULLED,
        step(
            "push",
            "Push both images to your registry",
            unseen(HOLDS.format(name="nginx"), "localhost:5000 asks for a password", Fix(("docker logs my-registry",))),
        ),
        LIST_LATER,
    ),
    "skipped": made(STARTED, PULLED, PUSH_LATER).only("push"),
    "step-done": made(STARTED, PULLED).only("pull"),
    "all-done": made(STARTED, PULLED, PUSHED, LISTED),
    "hostile": made(
        step(
            "start-registry",
            HOSTILE,
            no(HOSTILE, HOSTILE, HOSTILE, HOSTILE, f"cat <<EOF\n\t{HOSTILE}\nEOF", why=HOSTILE, diagnosis=HOSTILE),
        ),
        step("push", HOSTILE, unseen(HOSTILE, HOSTILE, Fix(advice=HOSTILE))),
        step("catalog", HOSTILE * 3, waits(HOSTILE, HOSTILE)),
        title=HOSTILE,
    ),
}
