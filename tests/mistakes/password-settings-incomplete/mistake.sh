# message
# diagnosis: password-settings-incomplete
# unsaid: docker run --rm --entrypoint htpasswd httpd -Bbn me secret >/run/htpasswd
# mend: docker run -d --name my-registry -p 5000:5000 -v /run/htpasswd:/auth/htpasswd -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=mine -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
# unsaid: until curl -s localhost:5000/v2/; do sleep 0.1; done
# shown: curl -sf -u me:secret localhost:5000/v2/
docker run --rm -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
