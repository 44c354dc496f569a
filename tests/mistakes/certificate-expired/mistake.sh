# diagnosis: certificate-expired
# message
# again
# unsaid: request -days 2; docker restart -t 0 my-registry
# unsaid: for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
mkdir -p /run/certs /etc/docker/certs.d/172.17.0.1:5000; touch /run/certs/index; echo 01 >/run/certs/serial
printf '[ca]\ndefault_ca=c\n[c]\ndatabase=/run/certs/index\nserial=/run/certs/serial\nnew_certs_dir=/run/certs\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n[e]\nsubjectAltName=IP:172.17.0.1\nbasicConstraints=CA:TRUE\n' >/run/certs/ca.cnf
openssl req -newkey rsa:2048 -nodes -keyout /run/certs/key.pem -out /run/certs/request.pem -subj /CN=registry 2>/run/certs/said
request() { openssl ca -batch -selfsign -config /run/certs/ca.cnf -extensions e -keyfile /run/certs/key.pem -in /run/certs/request.pem -out /run/certs/cert.pem -notext "$@" 2>/run/certs/said && cp /run/certs/cert.pem /etc/docker/certs.d/172.17.0.1:5000/ca.crt; }
request -startdate 20200101000000Z -enddate 20210101000000Z
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/certs:/certs -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/cert.pem -e REGISTRY_HTTP_TLS_KEY=/certs/key.pem registry:2
for i in $(seq 50); do curl -sk -o /run/up https://localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx
docker tag nginx 172.17.0.1:5000/nginx
docker push 172.17.0.1:5000/nginx
