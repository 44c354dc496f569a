# diagnosis: list-across-registries
# message
# done: push
# mend: docker manifest rm localhost:5000/list:1
# mend: docker manifest create --insecure localhost:5000/list:1 localhost:5000/nginx:latest
# again
docker manifest create --insecure localhost:5000/list:1 127.0.0.1:5000/nginx:latest
docker manifest push --insecure localhost:5000/list:1
