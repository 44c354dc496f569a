# message
# diagnosis: rate-limit
# unproved: a test has no account at Docker Hub, and does not wait for hours
python3 tests/live/docker_hub.py limit
docker pull nginx:alpine
