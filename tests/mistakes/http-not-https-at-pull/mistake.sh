# message
# diagnosis: http-not-https
# instead: docker pull localhost:5000/nginx
# done: push
docker pull 172.17.0.1:5000/nginx
