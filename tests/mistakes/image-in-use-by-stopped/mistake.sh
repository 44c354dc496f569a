# message
# diagnosis: image-in-use
docker pull httpd
docker create --name web httpd
docker rmi $(docker image inspect -f '{{.Id}}' httpd)
