# diagnosis: certificate-without-names
# message
# again
# unsaid: request -addext subjectAltName=DNS:registry.example; docker restart -t 0 my-registry
# unsaid: for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
echo "172.17.0.1 registry.example" >>/etc/hosts; mkdir -p /run/certs /etc/docker/certs.d/registry.example:5000
request() { openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/certs/key.pem -out /run/certs/cert.pem -days 2 -subj /CN=registry.example "$@" 2>/run/certs/said && cp /run/certs/cert.pem /etc/docker/certs.d/registry.example:5000/ca.crt; }
request
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/certs:/certs -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/cert.pem -e REGISTRY_HTTP_TLS_KEY=/certs/key.pem registry:2
for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx
docker tag nginx registry.example:5000/nginx; sleep 5
docker push registry.example:5000/nginx
