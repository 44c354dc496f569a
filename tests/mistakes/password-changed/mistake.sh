# message
# diagnosis: wrong-password
# again
# unsaid: echo secret | docker login -u me --password-stdin localhost:5000
mkdir /run/auth
docker run --rm --entrypoint htpasswd httpd -Bbn me older >/run/auth/htpasswd
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/auth:/auth -e REGISTRY_AUTH=htpasswd \
    -e REGISTRY_AUTH_HTPASSWD_REALM=mine -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
until curl -s localhost:5000/v2/; do sleep 0.1; done
echo older | docker login -u me --password-stdin localhost:5000
docker pull nginx; docker tag nginx localhost:5000/nginx
echo 'me:$2b$12$m9L6HTrbLmwPiQYtI0NDL.ygrSSbMz4Nxun3.GMsHYWmghZUKEQ0C' >/run/auth/htpasswd; docker restart -t 0 my-registry
until curl -s localhost:5000/v2/; do sleep 0.1; done
docker push localhost:5000/nginx
