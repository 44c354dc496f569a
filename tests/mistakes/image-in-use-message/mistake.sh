# message
# diagnosis: image-in-use
# done: push
docker run -d --name web httpd
docker rmi localhost:5000/httpd
docker rmi httpd
