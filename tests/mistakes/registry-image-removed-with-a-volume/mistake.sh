# step: start-registry
# diagnosis: registry-image-removed
docker run -d --name my-registry -p 127.0.0.1:5000:5000 -p 53:53/udp -v kept:/var/lib/registry --restart=always registry:2
look
docker stop my-registry
docker rm my-registry
docker image prune -a -f
