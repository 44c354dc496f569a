# message
# diagnosis: options-after-image
# instead: docker run -d -p 8080:80 busybox true
docker run -d busybox -p 8080:80
