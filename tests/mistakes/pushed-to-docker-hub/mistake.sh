# message
# diagnosis: pushed-to-docker-hub
# done: start-registry
docker pull nginx
python3 tests/live/docker_hub.py
docker push nginx
