# step: push
# diagnosis: registry-may-not-write
docker run -d --name my-registry -p 5000:5000 --restart=always -v kept:/var/lib/registry:ro registry:2
docker pull nginx
docker pull httpd
look
docker tag nginx localhost:5000/nginx
docker tag httpd localhost:5000/httpd
