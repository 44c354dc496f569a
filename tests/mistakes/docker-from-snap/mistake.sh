# diagnosis: docker-from-snap
# message
# unproved: a test has no snap
python3 tests/live/another_engine.py stop 'cannot stop container: my-registry: permission denied'
docker -H tcp://127.0.0.1:2375 stop my-registry
