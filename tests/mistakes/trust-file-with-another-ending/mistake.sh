# lab: credentials-and-tls
# step: trust
# diagnosis: trust-file-misnamed
# done: tls-registry
mkdir -p /etc/docker/certs.d/registry.test:5443
cp lesson-05/registry.crt /etc/docker/certs.d/registry.test:5443/ca.pem
