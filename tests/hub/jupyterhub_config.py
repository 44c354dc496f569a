"""A hub for trying: test users with one password, on loopback only. ``python -m tests.hub`` says where things are."""

import json
import os
from pathlib import Path

from labcheck.hub import docker, local, wall

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - JupyterHub has it there for its settings
told = json.loads(os.environ["LABCHECK_TEST_HUB"])

local(c, folder=Path(told["folder"]), idle=told["idle"])
wall(c, proxy=f"http://127.0.0.1:{told['port']}", port=told["port"] + 3, folder=Path(told["folder"]))
c.CourseSpawner.environment = {**c.CourseSpawner.environment, "LABCHECK_IMAGES": "course"}
if "image" in told:
    docker(c, told["image"])
    c.DockerSpawner.read_only_volumes = {place: place for place in told["places"]}
    c.DockerSpawner.use_internal_ip = True
    c.JupyterHub.hub_ip = "0.0.0.0"  # noqa: S104 - of a sandbox
    c.JupyterHub.hub_connect_ip = told["gateway"]
c.JupyterHub.bind_url = f"http://127.0.0.1:{told['port']}"
c.JupyterHub.hub_port = told["port"] + 1
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = told["password"]
c.Authenticator.allowed_users = set(told["learners"])
c.Authenticator.admin_users = {"teacher"}
c.ConfigurableHTTPProxy.command = told["proxy"]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{told['port'] + 2}"
c.ConfigurableHTTPProxy.check_running_interval = 2
c.CourseSpawner.poll_interval = 2
c.JupyterHub.cleanup_servers = told["cleanup"]
c.JupyterHub.services = [
    *c.JupyterHub.get("services", []),
    {"name": "test", "api_token": told["token"]},
]
c.JupyterHub.load_roles = [
    *c.JupyterHub.get("load_roles", []),
    {"name": "test", "scopes": ["admin:users", "admin:servers", "access:servers", "tokens"], "services": ["test"]},
]
