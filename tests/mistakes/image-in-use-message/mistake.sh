# message
# diagnosis: image-in-use
# done: push
# mend: docker rm -f web
# mend: docker image rm httpd
# shown: ! docker image inspect httpd
docker run -d --name web httpd
docker rmi localhost:5000/httpd
docker rmi httpd
