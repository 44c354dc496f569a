# message
# diagnosis: image-in-use
# mend: docker rm -f web
# mend: docker image rm httpd
# shown: ! docker image inspect httpd
docker pull httpd
docker create --name web httpd
docker rmi $(docker image inspect -f '{{.Id}}' httpd)
