# message
# diagnosis: docker-hub-unreachable
# mend: docker pull nginx:latest
docker pull nginx:alpine
