"""Whether the images are built that a sandbox is filled with."""

from __future__ import annotations

from labcheck.cause import Unreadable
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen, warning
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.errors import LabcheckError
from labcheck.observe.trouble import CannotLook
from labcheck.sandbox.images import held
from labcheck.snapshot import Absent, Evidence, Found, Unknown


@fact()
def course_images(_: Look) -> Evidence[int]:
    """How many course images there are; absent if they are not built."""
    try:
        found = held()
    except LabcheckError as error:
        raise CannotLook(error.in_one_line, Unreadable()) from None
    except OSError as error:
        raise CannotLook(f"The course images cannot be looked at: {error.strerror}.", Unreadable()) from None
    return Found(len(found)) if found else Absent()


@rule(Need.SANDBOX)
def images(machine: Machine) -> Conclusion | None:
    """They are built from packages where there is apt, and come in a file elsewhere."""
    name = "course images"
    if machine.system.kind != "linux":
        return None
    match machine[course_images]:
        case Found(count):
            return good(name, f"They are built ({count}).")
        case Unknown(reason):
            return unseen(name, reason)
    if "apt-get" in machine.get(programs, {"apt-get"}):
        remedy = "The first start builds them from this machine's package sources. To do it now:"
        return warning(name, "They are not built yet.", remedy, "labcheck images build")
    says = "They are not built, and this machine has no apt to build them with."
    remedy = "Build them on Debian or Ubuntu, and bring them here in a file:"
    return problem(name, says, remedy, "labcheck images save FILE", "labcheck images load FILE")
