# diagnosis: command-cut-in-two
# message
# instead: docker run -p 5000:5000 busybox true
docker run -p 5000;5000 busybox true
