# step: start-registry
# diagnosis: other-host-port
docker run -d --name my-registry -p 5001:5000 -v data:/var/lib/registry --restart=always registry:2
