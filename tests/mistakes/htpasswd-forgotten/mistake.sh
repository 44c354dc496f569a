# lab: credentials-and-tls
# message
# diagnosis: htpasswd-file-missing
# done: trust
# unsaid: openssl rand -hex 12 >ada.password
# unsaid: docker run --rm -i --entrypoint htpasswd httpd -inB ada <ada.password >lesson-05/htpasswd
# unsaid: docker rm -f -v guarded-registry
# unsaid: docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
# mends: password
echo REGISTRY_AUTH=htpasswd >>lesson-05/settings
echo REGISTRY_AUTH_HTPASSWD_REALM=lesson >>lesson-05/settings
echo REGISTRY_AUTH_HTPASSWD_PATH=/lesson/htpasswd >>lesson-05/settings
docker rm -f -v guarded-registry
docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
for i in $(seq 50); do docker logs guarded-registry 2>&1 | grep -q goroutine && break; sleep 0.1; done
docker logs guarded-registry
