# lab: credentials-and-tls
# step: tls-registry
# diagnosis: certificate-expired
# unsaid: openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=registry.test -addext subjectAltName=DNS:registry.test -keyout lesson-05/registry.key -out lesson-05/registry.crt 2>said
# unsaid: docker restart -t 0 guarded-registry
mkdir -p lesson-05
echo REGISTRY_HTTP_TLS_CERTIFICATE=/lesson/registry.crt >lesson-05/settings
echo REGISTRY_HTTP_TLS_KEY=/lesson/registry.key >>lesson-05/settings
openssl req -newkey rsa:2048 -nodes -subj /CN=registry.test -addext subjectAltName=DNS:registry.test -keyout lesson-05/registry.key -out request 2>said
openssl x509 -req -in request -copy_extensions copy -signkey lesson-05/registry.key -days -1 -out lesson-05/registry.crt 2>said
docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
