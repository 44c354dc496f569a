# message
# diagnosis: website-in-name
# instead: docker pull nginx
docker pull hub.docker.com/library/nginx
