# message
# diagnosis: address-unreachable
# instead: docker pull localhost:5000/nginx
# done: push
docker pull 172.17.0.99:5000/nginx
