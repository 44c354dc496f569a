# diagnosis: certificate-for-another-name
# message
# again
# unsaid: mkdir -p /run/certs; openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/certs/key.pem -out /run/certs/cert.pem -days 2 -subj /CN=registry -addext subjectAltName=IP:172.17.0.1 2>/run/certs/said
# unsaid: cp /run/certs/cert.pem /etc/docker/certs.d/172.17.0.1:5000/ca.crt
# unsaid: docker restart my-registry
# unsaid: for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
mkdir -p /run/certs; openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/certs/key.pem -out /run/certs/cert.pem -days 2 -subj /CN=registry -addext subjectAltName=IP:10.1.2.3 2>/run/certs/said
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/certs:/certs -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/cert.pem -e REGISTRY_HTTP_TLS_KEY=/certs/key.pem registry:2
for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx
docker tag nginx 172.17.0.1:5000/nginx
mkdir -p /etc/docker/certs.d/172.17.0.1:5000; cp /run/certs/cert.pem /etc/docker/certs.d/172.17.0.1:5000/ca.crt
docker push 172.17.0.1:5000/nginx
