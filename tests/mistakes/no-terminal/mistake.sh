# message
# diagnosis: no-terminal
# instead: docker run --rm -i busybox true
docker run --rm -it busybox true
