# message
# diagnosis: images-is-a-list
# mend: docker image rm nginx
# shown: ! docker image inspect nginx
docker pull nginx
docker images rm nginx
