# message
# diagnosis: no-such-manifest
# done: push
# instead: docker manifest inspect --insecure localhost:5000/nginx
docker manifest inspect localhost:5000/nginx
