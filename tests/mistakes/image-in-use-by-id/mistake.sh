# message
# diagnosis: image-in-use
docker pull httpd
docker run -d --name web httpd
docker rmi $(docker image inspect -f '{{.Id}}' httpd)
