# lab: credentials-and-tls
# message
# diagnosis: certificate-file-unreadable
# unsaid: printf '%s\n' REGISTRY_HTTP_TLS_CERTIFICATE=/lesson/registry.crt REGISTRY_HTTP_TLS_KEY=/lesson/registry.key >lesson-05/settings
# unsaid: docker rm -f -v guarded-registry
# unsaid: docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
# mends: tls-registry
mkdir -p lesson-05
echo REGISTRY_HTTP_TLS_CERTIFICATE=/lesson/registry.key >lesson-05/settings
echo REGISTRY_HTTP_TLS_KEY=/lesson/registry.crt >>lesson-05/settings
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=registry.test -addext subjectAltName=DNS:registry.test -keyout lesson-05/registry.key -out lesson-05/registry.crt 2>said
docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
for i in $(seq 50); do docker logs guarded-registry 2>&1 | grep -q fatal && break; sleep 0.1; done
docker logs guarded-registry
