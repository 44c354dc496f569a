# diagnosis: hub-in-trouble
# message
# unproved: a test has no Docker Hub that recovers
python3 tests/live/docker_hub.py trouble
docker run -d alpine
