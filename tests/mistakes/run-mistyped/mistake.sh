# message
# diagnosis: image-name-mistyped
# mend: docker run -d httpd
docker run -d http
