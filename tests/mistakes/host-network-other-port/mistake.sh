# step: start-registry
# diagnosis: registry-not-answering
docker run -d --name my-registry --network host --restart=always -e REGISTRY_HTTP_ADDR=:5001 registry:2
sleep 3
