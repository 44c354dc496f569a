"""Settings the registry was given wrong, or not at all, as its log or the docker command tells."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

PATHS = {
    "/etc/docker/registry/config.yml": ("2", "3", "/etc/distribution/config.yml"),
    "/etc/distribution/config.yml": ("3", "2", "/etc/docker/registry/config.yml"),
}
"""Where a version of the registry reads its settings, and where the other one does."""


def _told_configuration(match: re.Match[str]) -> Explanation:
    path = match["path"]
    if path not in PATHS:
        return Explanation(
            f"There is no file {path} inside the container.",
            Fix(advice="Registry 2 has its settings in /etc/docker/registry/config.yml, 3 in /etc/distribution."),
        )
    version, other, there = PATHS[path]
    return Explanation(
        f"{path} is where registry {version} has its settings. Probably this is registry {other}: "
        f"it has them in {there}.",
        Fix(advice=f"Type the command again, with {there}."),
    )


def _told_missing(match: re.Match[str]) -> Explanation:
    outside, inside = match["outside"], match["inside"]
    if "." not in inside.rpartition("/")[2]:
        return Explanation(
            f"Of {outside} on this computer and {inside} in the container, one is a folder and one a file. "
            "Only a file can stand where a file is, and a folder where a folder is.",
            Fix(advice="Look at both paths of -v, and type the command again."),
        )
    return Explanation(
        f"Probably the file {outside} was not on this computer. Docker then makes an empty folder of that name, "
        "and a folder cannot stand where the container has a file.",
        Fix(
            advice=f"Remove the empty folder (rmdir {outside}). Then put the file there, or correct the path, "
            "and type the command again."
        ),
    )


def _told_traces(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "That is harmless, and the registry works. Registry 3 wants to report what it does to another program, "
        "on port 4318, and there is none.",
        Fix(advice="To have it quiet, run the registry again with this:\n    -e OTEL_TRACES_EXPORTER=none"),
    )


def _told_htpasswd(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "There is no program htpasswd here. The registry's image had it once, and many tutorials still say so; "
        "today the image of httpd has it.",
        Fix(
            ("docker run --rm --entrypoint htpasswd httpd:2 -Bbn me secret >htpasswd",),
            "That makes the file, for the user me with the password secret: take your own. "
            "-B makes the only kind of entry that the registry reads.",
        ),
    )


def _told_incomplete(match: re.Match[str]) -> Explanation:
    if match["setting"]:
        missing = f"and REGISTRY_AUTH_HTPASSWD_{match['setting'].upper()} is missing, so it does not start"
    else:
        missing = "and probably REGISTRY_AUTH=htpasswd is missing, so Docker does not know how to log in"
    return Explanation(
        f"A registry with passwords needs three settings, {missing}.",
        Fix(
            advice="Run it again with all three:\n"
            "    -e REGISTRY_AUTH=htpasswd\n"
            "    -e REGISTRY_AUTH_HTPASSWD_REALM=mine\n"
            "    -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd"
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "password-settings-incomplete",
        "One of the three settings for passwords is missing.",
        message=(
            r'"(?P<setting>realm|path)" must be set for htpasswd access controller'
            r"|no successful auth challenge for \S+ - errors: \[\]"
        ),
        told=_told_incomplete,
    ),
    Diagnosis(
        "configuration-elsewhere",
        "The registry's settings are in another file.",
        message=r"configuration error: open (?P<path>\S+): no such file or directory",
        told=_told_configuration,
    ),
    Diagnosis(
        "mounted-file-missing",
        "The file that -v names was not there, so Docker made a folder.",
        message=(
            r'error mounting \\*"(?P<outside>[^"\\]+)\\*" to rootfs at \\*"(?P<inside>[^"\\]+)\\*"'
            r"[^\n]{0,500}not a directory"
        ),
        told=_told_missing,
    ),
    Diagnosis(
        "htpasswd-not-in-image",
        "The registry's image has no htpasswd.",
        message=(
            r'exec: \\*"htpasswd\\*": executable file not found in \$PATH|htpasswd: (?:command )?not found'
            r"|command not found: htpasswd"
        ),
        told=_told_htpasswd,
    ),
    Diagnosis(
        "traces-not-delivered",
        "Registry 3 reports its work to a port where nobody listens: harmless.",
        message=r"traces export: [^\n]*//(?:localhost|127\.0\.0\.1|\[::1\]):4318/",
        told=_told_traces,
    ),
)
