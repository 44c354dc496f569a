# lab: keep-and-clean
# step: replace
# diagnosis: volume-removed
# done: push
docker rm -f keeper
docker volume prune -f
docker run -d --name keeper -p 5006:5000 -v keeper-data:/var/lib/registry -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2
