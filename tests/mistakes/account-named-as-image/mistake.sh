# lab: image-names
# message
# diagnosis: account-named-as-image
# mend: docker run -d --name names-nginx nginx
# mends: run
docker run -d --name names-nginx nginx/nginx
