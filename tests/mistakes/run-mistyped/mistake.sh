# message
# diagnosis: image-name-mistyped
# instead: docker run -d httpd
docker run -d http
