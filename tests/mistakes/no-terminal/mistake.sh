# message
# diagnosis: no-terminal
# mend: docker run --rm -i busybox true
docker run --rm -it busybox true
