# message
# diagnosis: id-instead-of-name
# instead: docker pull nginx
docker pull nginx
docker pull $(docker image inspect --format '{{.Id}}' nginx | cut -d: -f2)
