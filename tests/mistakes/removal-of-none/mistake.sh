# message
# diagnosis: name-unreadable
# mend: docker image rm "$id"
# shown: ! docker image inspect "$id"
docker create --name web httpd
id=$(docker commit web)
docker rmi '<none>'
