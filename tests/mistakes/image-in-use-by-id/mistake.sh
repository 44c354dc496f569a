# message
# diagnosis: image-in-use
# mend: docker rm -f web
# again
docker pull httpd
docker run -d --name web httpd
docker rmi $(docker image inspect -f '{{.Id}}' httpd)
