# message
# diagnosis: no-such-host
# instead: docker pull localhost:5000/nginx
# done: push
docker pull my-registry:5000/nginx
