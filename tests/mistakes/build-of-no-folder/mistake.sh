# lab: private-registries
# message
# diagnosis: dockerfile-not-found
# done: edit
# instead: docker build -t localhost:5002/bakery:v2 bakery
mkdir bakery
echo '<h1>Warm rolls</h1>' > bakery/index.html
printf 'FROM nginx\nCOPY index.html /usr/share/nginx/html/\n' > bakery/Dockerfile
docker build -t localhost:5002/bakery:v2 bakrey
