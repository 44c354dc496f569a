# diagnosis: podman-localhost-name
# message
# unproved: a test has no Podman
python3 tests/live/another_engine.py images/create 'initializing source docker://localhost/me/app:v0.8.6: pinging container registry localhost: Get "https://localhost/v2/": dial tcp [::1]:443: connect: connection refused'
docker -H tcp://127.0.0.1:2375 pull localhost/me/app:v0.8.6
