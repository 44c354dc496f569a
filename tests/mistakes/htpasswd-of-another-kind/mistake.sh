# lab: credentials-and-tls
# message
# diagnosis: wrong-password
# done: password
# unsaid: docker run --rm -i --entrypoint htpasswd httpd -inB ada <ada.password >lesson-05/htpasswd
# again
docker run --rm -i --entrypoint htpasswd httpd -in ada <ada.password >lesson-05/htpasswd
docker restart -t 0 guarded-registry
for i in $(seq 50); do curl -sk -o up https://registry.test:5443/v2/ && break; sleep 0.1; done
docker login --username ada --password-stdin registry.test:5443 <ada.password
