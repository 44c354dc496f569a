# lab: credentials-and-tls
# message
# diagnosis: htpasswd-file-missing
# done: password
# unsaid: docker rm -f -v guarded-registry
# unsaid: docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
# shown: docker login --username ada --password-stdin registry.test:5443 <ada.password
docker rm -f -v guarded-registry
docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
for i in $(seq 50); do curl -sk -o up https://registry.test:5443/v2/ && break; sleep 0.1; done
docker logs guarded-registry 2>&1 | grep -o 'level=warning msg="htpasswd[^"]*"'
