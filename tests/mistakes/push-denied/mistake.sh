# message
# diagnosis: push-denied
# mend: docker tag nginx localhost:5000/nginx
# mend: docker push localhost:5000/nginx
# done: start-registry
# shown: curl -sf localhost:5000/v2/nginx/tags/list
docker pull nginx
docker tag nginx somebody/nginx
python3 tests/live/docker_hub.py
docker push -q somebody/nginx
