# message
# diagnosis: name-unreadable
# mend: docker pull nginx:latest
# shown: docker image inspect nginx
docker pull nginx:
