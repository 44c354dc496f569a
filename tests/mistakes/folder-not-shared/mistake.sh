# diagnosis: folder-not-shared
# message
# unproved: a test has no Docker Desktop
python3 tests/live/another_engine.py start 'Mounts denied: The path /srv/registry is not shared from the host and is not known to Docker.'
docker -H tcp://127.0.0.1:2375 run -d -v /srv/registry:/var/lib/registry registry:2
