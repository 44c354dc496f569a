"""The learner's own ``docker run`` once more: most of what was wrong in it cannot be changed later.

It is rebuilt here and nowhere else, from what was observed of the container: its name, ports with their addresses and
protocols, restart policy, network, volumes and folders. Whatever is not at fault stays as it was, so that nothing is
published wider, and no data is left behind. Values of environment variables are never in the evidence, only their
names, so they are asked for; where one of them is at fault, the cure is to leave them out, and it is said which.
"""

from __future__ import annotations

import re
from shlex import quote

from labcheck.document import items, number, text, texts, truth
from labcheck.engine import Container
from labcheck.mistakes.publish import Publish, published, replacing
from labcheck.verdict import Fix

ANONYMOUS = r"[0-9a-f]{64}"
"""The name that Docker gives to a volume which was given none."""
DATA = "/var/lib/registry"
"""Where a registry keeps what was pushed to it."""
USUAL_NETWORKS = frozenset({"", "default", "bridge"})
FROM_CLIENT = r"(?i:(?:https?|ftp|no|all)_proxy)"
"""Variables that the docker command gives to each container by itself."""


def rerun(container: Container, *, port: tuple[int, int] | None = None, policy: str = "", network: bool = True) -> Fix:
    """Remove the container and run it again as it was, but for this port (outside, inside), policy or its network."""
    return _typed((_removal(container), *_again(container, port, policy, network=network)), settings(container))


def once_more(container: Container, image: str) -> Fix:
    """Run a container that is gone again, as it was, from this image."""
    return _typed(_again(container, None, "", network=True, image=image), settings(container))


def with_volume(container: Container, volume: str, folder: str) -> Fix:
    """Remove the container and run it again with this volume at this folder, in place of what it had there."""
    kept = [it for it in folders(container) if folder not in it and f"-v {volume}:" not in it]
    given = [f"-e {quote(name)}=VALUE" for name in settings(container)]
    words = (*_words(container, None, "", network=True), f"-v {volume}:{folder}", *kept, *given)
    return _typed((_removal(container), " ".join((*words, quote(container.image)))), settings(container))


def plain(container: Container, *before: str, port: tuple[int, int] | None = None, network: bool = True) -> Fix:
    """Remove the container and run it again without the settings it was given, one of which is at fault.

    If it was given none, another run would do the same, and nothing is removed for it.
    """
    stays, _ = _split(folders(container))
    words = _words(container, port, "", network=network)
    given = suspects(container)
    if not given:
        return Fix(before)
    advice = f"That leaves out {', '.join(given)}. Give again what was right." if len(given) > 1 else ""
    run = " ".join((*words, *stays, quote(container.image)))
    return Fix((*before, _removal(container), run), advice)


def suspects(container: Container) -> tuple[str, ...]:
    """What its run gave it that may be at fault: variables, and folders that are not the registry's own."""
    return (*settings(container), *_split(folders(container))[1])


def settings(container: Container) -> tuple[str, ...]:
    """The names of the variables that its run gave it: before those of the image, which begin with PATH."""
    names = texts(container.document, "Config", "Env")
    given = names[: names.index("PATH")] if "PATH" in names else names
    return tuple(sorted(name for name in given if not re.fullmatch(FROM_CLIENT, name)))


def folders(container: Container) -> tuple[str, ...]:
    """Its volumes that have a name and its folders, as options of ``docker run``."""
    binds = texts(container.document, "HostConfig", "Binds")
    options = [f"-v {quote(bind)}" for bind in binds]
    for mount in items(container.document, "HostConfig", "Mounts"):
        if text(mount, "Source"):
            words = [f"{key.lower()}={text(mount, key)}" for key in ("Type", "Source", "Target")]
            options.append(f"--mount {quote(','.join(words + ['readonly'] * truth(mount, 'ReadOnly')))}")
    if not options:
        # Older evidence names the volumes only.
        options = [f"-v {quote(f'{name}:{at}')}" for name, at in container.volumes if not is_anonymous(name)]
    return tuple(options)


def is_anonymous(volume: str) -> bool:
    """Whether Docker invented the name of this volume."""
    return re.fullmatch(ANONYMOUS, volume) is not None


def keeps_data(container: Container) -> bool:
    """Whether what was pushed to this registry is in a volume that has a name, or in a folder."""
    return bool(_split(folders(container))[0])


def _removal(container: Container) -> str:
    return f"docker rm -f -v {container.name}"


def _again(
    container: Container, port: tuple[int, int] | None, policy: str, *, network: bool, image: str = ""
) -> tuple[str, ...]:
    given = tuple(f"-e {quote(name)}=VALUE" for name in settings(container))
    words = (*_words(container, port, policy, network=network), *folders(container), *given)
    return (" ".join((*words, quote(image or container.image))),)


def _words(container: Container, port: tuple[int, int] | None, policy: str, *, network: bool) -> tuple[str, ...]:
    """The command with its options, without folders and settings."""
    ports: tuple[Publish, ...] = replacing(published(container), *port) if port else published(container)
    words = [f"docker run -d --name {container.name}"]
    if network and container.network not in USUAL_NETWORKS:
        words.append(f"--network {quote(container.network)}")
    words += [f"-p {quote(str(it))}" for it in ports]
    if policy := policy or _policy(container):
        words.append(f"--restart={policy}")
    return tuple(words)


def _policy(container: Container) -> str:
    name = container.restart_policy
    most = number(container.document, "HostConfig", "RestartPolicy", "MaximumRetryCount")
    return "" if name == "no" else f"{name}:{most}" if most else name


def _split(options: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that hold data, and those that may hold the fault: folders that are not the registry's own."""
    stays = tuple(it for it in options if DATA in it or (it.startswith("-v ") and "/" not in it.partition(":")[0]))
    return stays, tuple(it for it in options if it not in stays)


def _typed(commands: tuple[str, ...], unknown: tuple[str, ...]) -> Fix:
    """The commands as they are; or, where values are in them that nobody may look at, to be completed."""
    if not unknown:
        return Fix(commands)
    told = "labcheck never reads the values of variables. Type this, with your own instead of VALUE:"
    return Fix(advice="\n    ".join((told, *commands)))
