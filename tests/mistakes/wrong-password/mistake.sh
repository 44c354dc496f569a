# diagnosis: wrong-password
# message
# instead: echo secret | docker login -u ada --password-stdin localhost:5000
mkdir -p /run/auth; echo 'ada:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a' > /run/auth/htpasswd
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/auth:/auth -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=mine -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
echo seecret | docker login -u ada --password-stdin localhost:5000
