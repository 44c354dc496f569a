# lab: credentials-and-tls
# step: trust
# diagnosis: trust-folder-misnamed
# done: tls-registry
mkdir -p /etc/docker/certs.d/registry.test:5000
cp lesson-05/registry.crt /etc/docker/certs.d/registry.test:5000/registry.crt
