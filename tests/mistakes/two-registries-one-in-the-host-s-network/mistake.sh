# step: start-registry
# diagnosis: two-registries
docker run -d --name other --network host --restart=always registry:2
sleep 1
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2 || true
