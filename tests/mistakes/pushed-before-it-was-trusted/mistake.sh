# lab: credentials-and-tls
# message
# diagnosis: certificate-not-trusted
# done: tls-registry
# unsaid: mkdir -p /etc/docker/certs.d/registry.test:5443
# unsaid: cp lesson-05/registry.crt /etc/docker/certs.d/registry.test:5443/ca.crt
# mends: trust
docker login --username ada --password-stdin registry.test:5443 </etc/hostname
