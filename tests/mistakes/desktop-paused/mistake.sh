# diagnosis: desktop-paused
# message
# unproved: a test has no Docker Desktop
python3 tests/live/another_engine.py start 'Docker Desktop is manually paused. Unpause it through the Whale menu or Dashboard.'
docker -H tcp://127.0.0.1:2375 run -d registry:2
