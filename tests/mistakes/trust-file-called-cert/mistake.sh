# lab: credentials-and-tls
# message
# diagnosis: trust-file-misnamed
# done: tls-registry
# unsaid: mv /etc/docker/certs.d/registry.test:5443/ca.cert /etc/docker/certs.d/registry.test:5443/ca.crt
# mends: trust
mkdir -p /etc/docker/certs.d/registry.test:5443
cp lesson-05/registry.crt /etc/docker/certs.d/registry.test:5443/ca.cert
docker pull registry.test:5443/busybox
