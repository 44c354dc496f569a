# diagnosis: podman-prunes-not-all
# message
# unproved: a test has no Podman
python3 tests/live/another_engine.py images/prune 'specifying "dangling" filter more than once with different values is not supported'
docker -H tcp://127.0.0.1:2375 image prune -a -f
