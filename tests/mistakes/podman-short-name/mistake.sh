# diagnosis: podman-short-name
# message
# unproved: a test has no Podman
python3 tests/live/another_engine.py images/create 'short-name "nginx:latest" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"'
docker -H tcp://127.0.0.1:2375 pull nginx
