# message
# diagnosis: image-in-use
# done: push
# shown: ! docker image inspect httpd
docker run -d --name web httpd
docker rmi localhost:5000/httpd
docker rmi httpd
