# message
# diagnosis: manifest-unknown
# mend: docker pull localhost:5000/nginx
# done: push
docker pull localhost:5000/nginx:v1
