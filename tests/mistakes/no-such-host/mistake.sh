# message
# diagnosis: no-such-host
# mend: docker pull localhost:5000/nginx
# done: push
docker pull my-registry:5000/nginx
