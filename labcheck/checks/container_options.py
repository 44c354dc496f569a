"""Checks on how a container was run: its published ports and its restart policy."""

from __future__ import annotations

from labcheck.check import Check, Port, failed, passed, unseen
from labcheck.checks import trace
from labcheck.engine import Binding, Container
from labcheck.past import Past
from labcheck.query import ContainerNamed, Ping, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix


class PortPublished(Check, frozen=True, kw_only=True, tag="port-published"):
    """``localhost:host_port`` leads to this port of the container."""

    name: str
    container_port: Port
    host_port: Port

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"localhost:{self.host_port} leads to port {self.container_port} of {self.name}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container; and what answers there, in case a registry was configured to listen on another port."""
        return ContainerNamed(self.name), Ping(f"localhost:{self.host_port}")

    def judge(self, past: Past) -> Finding:
        """Pass if it is published now, on an address that localhost reaches, in either address family."""
        expected = f"port {self.container_port} published on port {self.host_port} of localhost"
        pong = past.now(Ping(f"localhost:{self.host_port}"))
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                if self.is_met(container):
                    return passed(f"port {self.container_port} is published on port {self.host_port}")
                if self.host_port in container.reached_ports and isinstance(pong, Found) and pong.value.is_registry:
                    return passed(f"a registry answers on port {self.host_port}, on whichever port it listens inside")
                if self.host_port in container.reached_ports and isinstance(pong, Unknown) and not pong.broke_off:
                    return unseen(expected, pong)
                return failed(expected, _ports(container.live_bindings or container.bindings, container.status))
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def is_met(self, container: Container) -> bool:
        """Whether this container publishes the port like this."""
        if container.shares_host_network:
            return container.status == "running" and self.host_port == self.container_port
        return any(
            binding.container_port == self.container_port
            and binding.host_port == self.host_port
            and binding.reaches_localhost
            for binding in container.live_bindings
        )

    def recall(self, past: Past) -> Finding | None:
        """No event mentions a port."""
        return nobody_looked(past, self.name, "its ports")


class RestartPolicy(Check, frozen=True, kw_only=True, tag="restart-policy"):
    """The engine restarts the container according to this policy."""

    name: str
    policy: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The restart policy of {self.name} is {self.policy}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container."""
        return (ContainerNamed(self.name),)

    def judge(self, past: Past) -> Finding:
        """Pass if it is exactly that policy."""
        expected = f"the restart policy {self.policy}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                policy = container.restart_policy
                return passed(f"it is {policy}") if policy == self.policy else failed(expected, f"it is {policy}")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def recall(self, past: Past) -> Finding | None:
        """No event mentions a policy."""
        return nobody_looked(past, self.name, "its restart policy")

    def fix(self, past: Past) -> Fix:
        """Change the policy of the existing container."""
        if isinstance(past.now(ContainerNamed(self.name)), Found):
            return Fix((f"docker update --restart={self.policy} {self.name}",))
        return Fix()


def _ports(bindings: tuple[Binding, ...], status: str) -> str:
    if not bindings:
        return "it publishes no port"
    ports = ", ".join(sorted({f"{binding.container_port} on {binding.host_port}" for binding in bindings}))
    return f"it publishes {ports}" if status == "running" else f"it would publish {ports}, but it is not running"


def nobody_looked(past: Past, container: str, what: str) -> Finding | None:
    """What to say of a container that ran, and was removed before a look; ``None`` for any other."""
    gone = isinstance(past.now(ContainerNamed(container)), Absent)
    if gone and trace.started(past, container):
        return unseen(f"a look at {what} while {container} ran", f"{container} ran, but was removed before a look")
    return None
