# message
# diagnosis: repository-does-not-exist
# mend: docker pull nginx
python3 tests/live/docker_hub.py
docker pull web-server
