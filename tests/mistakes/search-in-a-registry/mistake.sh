# message
# diagnosis: search-in-a-registry
# done: push
# instead: curl -f localhost:5000/v2/_catalog
docker search localhost:5000/nginx
