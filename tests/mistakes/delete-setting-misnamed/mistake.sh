# lab: keep-and-clean
# step: replace
# diagnosis: delete-not-enabled
# done: push
# mend: docker rm -f keeper
# mend: docker run -d --name keeper -p 5006:5000 -v keeper-data:/var/lib/registry -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2
docker rm -f keeper
docker run -d --name keeper -p 5006:5000 -v keeper-data:/var/lib/registry -e REGISTRY_DELETE_ENABLED=true registry:2
