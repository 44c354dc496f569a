# message
# diagnosis: htpasswd-not-in-image
# mend: docker run --rm --entrypoint htpasswd httpd -Bbn me secret
docker run --rm --entrypoint htpasswd registry:2 -Bbn me secret
