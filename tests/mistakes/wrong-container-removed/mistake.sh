# step: remove-registry
# diagnosis: wrong-container-removed
# done: pull-back
docker run -d --name web localhost:5000/nginx
docker rm -f web
