# message
# diagnosis: underscore-in-host
# instead: docker pull localhost:5000/nginx
# done: push
docker pull my_registry.local/nginx
