# diagnosis: engine-not-ready
# message
# unproved: a test has no Docker Desktop that could be restarted
python3 tests/live/answering.py 500 desktop & sleep 1.5
docker -H tcp://127.0.0.1:5000 image ls
