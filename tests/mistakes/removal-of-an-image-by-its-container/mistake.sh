# message
# diagnosis: no-such-image
# unsaid: docker rm -f web
# shown: ! docker inspect web
docker run -d --name web httpd
docker rmi web
