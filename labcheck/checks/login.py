"""Checks on a registry's password: whether it asks for one, and whether the learner's login works.

labcheck never uses a password, and never reads one: it sees for which registries there is a login, that nobody gets in
without one, and that the engine reports a push, which it does only if the registry accepted it.
"""

from __future__ import annotations

from typing import ClassVar, Final

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import ContainerList, EngineInfo, ImageList, ImageNamed, LoginList, Ping, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix

UNAUTHORISED: Final = 401


class PasswordRequired(Check, frozen=True, kw_only=True, tag="password-required"):
    """The registry at this domain lets nobody in without a password."""

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.domain} asks for a password"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What answers to someone who gives none; and all containers."""
        return Ping(self.domain), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if it answers 401 Unauthorized."""
        expected = f"401 Unauthorized from {self.domain} without a password"
        match past.now(Ping(self.domain)):
            case Found(pong) if pong.status == UNAUTHORISED and pong.is_registry:
                return passed("it asks for a password")
            case Found(pong) if pong.is_registry:
                return failed(expected, "it lets everybody in")
            case Found(pong):
                answer = f"HTTP {pong.status}" if pong.status else "but not in HTTP"
                return failed(expected, f"something answers there ({answer}), but it is not a registry")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "nothing answers there")

    def recall(self, past: Past) -> Finding | None:
        """A registry that is gone may have asked for one."""
        if isinstance(past.now(Ping(self.domain)), Absent) and trace.any_gone(past):
            return unseen(f"a look at {self.domain} while a registry ran", "nobody looked in time")
        return None


class LoggedIn(Check, frozen=True, kw_only=True, tag="logged-in"):
    """The ``docker`` command has a login for exactly this domain. Whether it is right, only a push or a pull shows."""

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"docker has a login for {self.domain}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The names of the registries for which there is a login."""
        return LoginList(), Ping(self.domain)

    def judge(self, past: Past) -> Finding:
        """Pass if the domain is among them; the login itself is never read into evidence."""
        expected = f"a login for {self.domain}"
        match past.now(LoginList()):
            case Found(logins) if self.domain in logins.registries:
                return passed("docker has a login for it")
            case Found(logins) if logins.registries:
                return failed(expected, f"there is a login for {', '.join(logins.registries)}, but none for it")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "docker has no login for it")

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - it is the same whatever was seen
        """Log in; nobody but the learner knows the password."""
        return Fix(advice=f"Type docker login {self.domain}, with your user name and your password.")


class LoggedOut(Check, frozen=True, kw_only=True, tag="logged-out"):
    """The ``docker`` command has no login for this domain any more."""

    demands_absence: ClassVar[bool] = True

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"docker has no login for {self.domain} any more"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The names of the registries for which there is a login."""
        return (LoginList(),)

    def judge(self, past: Past) -> Finding:
        """Pass if the domain is not among them."""
        expected = f"no login for {self.domain}"
        match past.now(LoginList()):
            case Found(logins) if self.domain in logins.registries:
                return failed(expected, "it is still there")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed("docker has no login for it")

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - it is the same whatever was seen
        """Log out."""
        return Fix((f"docker logout {self.domain}",))


class PushAccepted(Check, frozen=True, kw_only=True, tag="push-accepted"):
    """A registry that lets nobody in without a password accepted a push of this image, so the login works."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{domain(self.image)} accepted a push of {self.image} with a password"

    @property
    def queries(self) -> tuple[Query, ...]:
        """Whether it asks for a password, since when its container exists, and whether the engine reports pushes."""
        return Ping(domain(self.image)), ContainerList(), EngineInfo()

    @property
    def mentions(self) -> tuple[str, ...]:
        """The image."""
        return (self.image,)

    def judge(self, past: Past) -> Finding:  # noqa: PLR0911 - each is another reason
        """Pass if a push is reported after the registry's container was created, and the registry asks now.

        A pull from there proves it as well, whatever program pushed the image.
        """
        expected = f"{self.image} in a registry that asks for a password"
        if finding := self._registry(past, expected):
            return finding
        events, since = (trace.pushed(past, self.image), trace.pulled(past, self.image)), self._since(past)
        if isinstance(since, Unknown):
            return unseen(expected, since)
        if any(event is not None and event.at >= since for event in events):
            return self._reported(past, expected)
        if any(gap >= since for gap in past.gaps):
            return unseen(expected, "the engine has forgotten what happened; push it again")
        info = past.now(EngineInfo())
        if isinstance(info, Unknown):
            return unseen(expected, info)
        if isinstance(info, Found) and not info.value.dialect.reports_pulls:
            return unseen(expected, "this engine does not report pushes")
        return failed(expected, "it was pushed before this registry was started" if events[0] else "it was not pushed")

    def recall(self, past: Past) -> Finding | None:
        """A push to a registry that is gone: nobody knows whether it asked for a password."""
        if trace.pushed(past, self.image) and isinstance(past.now(Ping(domain(self.image))), Absent):
            return unseen("a look at the registry after the push", "nobody looked in time")
        return None

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - it is the same whatever was seen
        """Push it."""
        return Fix((f"docker push {self.image}",))

    def _reported(self, past: Past, expected: str) -> Finding:
        """What is proved by the engine's report of a push or a pull."""
        match trace.dialect(past):
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case dialect if dialect.proves_transfers:
                return passed("the registry accepted the push")
            case _:
                return unseen(expected, "Podman reports a push even if the registry refused it")

    def _registry(self, past: Past, expected: str) -> Finding | None:
        """The finding if the registry does not ask for a password, or if that is not known."""
        match past.now(Ping(domain(self.image))):
            case Found(pong) if pong.status == UNAUTHORISED:
                return None
            case Found():
                return failed(expected, "it lets everybody in, so a push proves no login")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "nothing answers there")

    def _since(self, past: Past) -> int | Unknown:
        """Since when the container exists that has the registry's port: its settings are as old as it is."""
        listed, port = past.now(ContainerList()), domain(self.image).rpartition(":")[2]
        match listed:
            case Found(containers):
                those = [it for it in containers.listed if any(str(one.host_port) == port for one in it.bindings)]
                return max((trace.created(past, it) for it in those), default=0)
            case Unknown() as unknown:
                return unknown
            case _:
                return 0


class PullAccepted(Check, frozen=True, kw_only=True, tag="pull-accepted"):
    """This image is here, pulled from its registry, whether or not that wants a password: the engine reports it."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{domain(self.image)} sent {self.image}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The image, and whether the engine reports pulls."""
        return ImageNamed(self.image), ImageList(), EngineInfo()

    def judge(self, past: Past) -> Finding:
        """Pass if a pull is reported, and it was not tagged since; nothing is asked of the registry."""
        expected = f"{self.image}, pulled from {domain(self.image)}"
        match past.now(ImageNamed(self.image)):
            case Found():
                return self._origin(past, expected)
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "there is no image of that name")

    def recall(self, past: Past) -> Finding | None:
        """For an image that is gone, the engine's events prove the pull."""
        if isinstance(past.now(ImageNamed(self.image)), Absent) and trace.pulled(past, self.image):
            return self._origin(past, self.title)
        return None

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - it is the same whatever was seen
        """Pull it."""
        return Fix((f"docker pull {self.image}",))

    def _origin(self, past: Past, expected: str) -> Finding:
        pull, tag, info = trace.pulled(past, self.image), trace.given(past, self.image), past.now(EngineInfo())
        if pull and (tag is None or tag.at < pull.at):
            return passed("it was pulled from there")
        if tag:
            return failed(expected, "it was tagged, not pulled")
        if past.gaps:
            return unseen(expected, "the engine has forgotten what happened; pull it again")
        if isinstance(info, Unknown):
            return unseen(expected, info)
        if isinstance(info, Found) and not info.value.dialect.reports_pulls:
            return unseen(expected, "this engine does not report pulls")
        return failed(expected, "it was not pulled")
