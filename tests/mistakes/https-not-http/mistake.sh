# diagnosis: https-not-http
# message
# instead: curl -s -k https://localhost:5000/v2/
mkdir -p /run/certs; openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/certs/key.pem -out /run/certs/cert.pem -days 2 -subj /CN=registry -addext subjectAltName=IP:127.0.0.1 2>/run/certs/said
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/certs:/certs -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/cert.pem -e REGISTRY_HTTP_TLS_KEY=/certs/key.pem registry:2
for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
curl localhost:5000/v2/
