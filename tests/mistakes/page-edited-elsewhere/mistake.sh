# lab: private-registries
# step: edit
# diagnosis: page-not-edited
# done: start-registry
docker run -d --name bakery -p 8002:80 nginx
docker exec bakery sh -c 'mkdir -p /var/www/html; echo "<h1>Fresh bread</h1>" > /var/www/html/index.html'
