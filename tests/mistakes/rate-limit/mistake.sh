# message
# diagnosis: rate-limit
# mend: docker pull nginx:latest
python3 tests/live/docker_hub.py limit
docker pull nginx:alpine
