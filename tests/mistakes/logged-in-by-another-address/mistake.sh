# message
# diagnosis: registry-wants-password
# unsaid: echo secret | docker login -u me --password-stdin localhost:5000
# again
mkdir /run/auth
echo 'me:$2b$12$m9L6HTrbLmwPiQYtI0NDL.ygrSSbMz4Nxun3.GMsHYWmghZUKEQ0C' >/run/auth/htpasswd
docker run -d --name my-registry -p 5000:5000 --restart=always -v /run/auth:/auth -e REGISTRY_AUTH=htpasswd \
    -e REGISTRY_AUTH_HTPASSWD_REALM=mine -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
until curl -s localhost:5000/v2/; do sleep 0.1; done
echo secret | docker login -u me --password-stdin 127.0.0.1:5000
docker pull nginx; docker tag nginx 127.0.0.1:5000/nginx; docker push 127.0.0.1:5000/nginx
docker pull localhost:5000/nginx
