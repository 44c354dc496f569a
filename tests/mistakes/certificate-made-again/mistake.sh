# lab: credentials-and-tls
# step: trust
# diagnosis: another-certificate-trusted
# done: trust
# unsaid: cp lesson-05/registry.crt /etc/docker/certs.d/registry.test:5443/ca.crt
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=registry.test -addext subjectAltName=DNS:registry.test -keyout lesson-05/registry.key -out lesson-05/registry.crt 2>said
docker restart -t 0 guarded-registry
