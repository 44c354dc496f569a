# message
# diagnosis: image-in-use
# shown: ! docker image inspect httpd
docker pull httpd
docker create --name web httpd
docker rmi $(docker image inspect -f '{{.Id}}' httpd)
