# message
# diagnosis: pushed-to-docker-hub
# done: start-registry
# mend: docker image tag nginx localhost:5000/nginx
# mend: docker push localhost:5000/nginx
# shown: curl -sf localhost:5000/v2/nginx/tags/list
docker pull nginx
python3 tests/live/docker_hub.py
docker push nginx
