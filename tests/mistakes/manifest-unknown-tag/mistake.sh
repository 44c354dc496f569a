# message
# diagnosis: manifest-unknown
# instead: docker pull localhost:5000/nginx
# done: push
docker pull localhost:5000/nginx:v1
