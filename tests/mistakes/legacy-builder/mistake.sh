# diagnosis: legacy-builder
# message
# unproved: nothing is wrong
mkdir page; printf 'FROM busybox\n' >page/Dockerfile
DOCKER_BUILDKIT=0 docker build page
