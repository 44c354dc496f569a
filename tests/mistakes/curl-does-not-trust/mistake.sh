# lab: credentials-and-tls
# message
# diagnosis: curl-does-not-trust
# done: tls-registry
# instead: curl --cacert lesson-05/registry.crt https://registry.test:5443/v2/
curl https://registry.test:5443/v2/
