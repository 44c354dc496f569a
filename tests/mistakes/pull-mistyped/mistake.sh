# message
# diagnosis: image-name-mistyped
# mend: docker pull nginx
# shown: docker image inspect nginx
python3 tests/live/docker_hub.py
docker pull ngnix
