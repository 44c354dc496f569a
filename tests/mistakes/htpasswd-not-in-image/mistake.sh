# message
# diagnosis: htpasswd-not-in-image
# shown: grep '^me:[$]2y[$]' htpasswd
docker run --rm --entrypoint htpasswd registry:2 -Bbn me secret
