# step: start-registry
# diagnosis: other-host-port
# mend: docker rm -f -v my-registry
# mend: docker run -d --name my-registry -p 5000:5000 -e REGISTRY_LOG_LEVEL=info --restart=always registry:2
docker run -d --name my-registry -p 5001:5000 -e REGISTRY_LOG_LEVEL=info --restart=always registry:2
