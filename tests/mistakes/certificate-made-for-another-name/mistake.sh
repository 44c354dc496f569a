# lab: credentials-and-tls
# step: tls-registry
# diagnosis: certificate-for-another-name
# unsaid: openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=registry.test -addext subjectAltName=DNS:registry.test -keyout lesson-05/registry.key -out lesson-05/registry.crt 2>said
# unsaid: docker restart -t 0 guarded-registry
mkdir -p lesson-05
echo REGISTRY_HTTP_TLS_CERTIFICATE=/lesson/registry.crt >lesson-05/settings
echo REGISTRY_HTTP_TLS_KEY=/lesson/registry.key >>lesson-05/settings
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=registry.test -addext subjectAltName=DNS:registry.example,DNS:localhost -keyout lesson-05/registry.key -out lesson-05/registry.crt 2>said
docker run -d --name guarded-registry -p 5443:5000 -v "$PWD/lesson-05:/lesson:ro" --env-file lesson-05/settings registry:2
