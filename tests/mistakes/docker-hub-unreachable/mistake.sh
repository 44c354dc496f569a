# message
# diagnosis: docker-hub-unreachable
# instead: docker pull nginx:latest
docker pull nginx:alpine
