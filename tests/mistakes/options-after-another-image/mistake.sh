# message
# diagnosis: options-after-image
# mend: docker run -d -p 8080:80 busybox true
docker run -d busybox -p 8080:80
