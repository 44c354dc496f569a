# lab: credentials-and-tls
# step: password
# diagnosis: registry-without-password
# done: trust
# unsaid: docker rm -f -v guarded-registry
# unsaid: docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
openssl rand -hex 12 >ada.password
docker run --rm -i --entrypoint htpasswd httpd -inB ada <ada.password >lesson-05/htpasswd
echo REGISTRY_AUTH=htpasswd >>lesson-05/settings
echo REGISTRY_AUTH_HTPASSWD_REALM=lesson >>lesson-05/settings
echo REGISTRY_AUTH_HTPASSWD_PATH=/lesson/htpasswd >>lesson-05/settings
docker restart -t 0 guarded-registry
