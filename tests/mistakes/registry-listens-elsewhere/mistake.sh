# step: start-registry
# diagnosis: registry-listens-elsewhere
# outcome: inconclusive
docker run -d --name my-registry -p 5000:5000 --restart=always -e REGISTRY_HTTP_ADDR=127.0.0.1:5000 registry:2
sleep 3
