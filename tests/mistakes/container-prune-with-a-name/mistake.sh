# message
# diagnosis: prune-with-a-name
# mend: docker container rm web
# shown: ! docker inspect web
docker create --name web httpd
docker container prune web
