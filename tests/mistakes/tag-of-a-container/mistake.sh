# message
# diagnosis: no-such-image
# instead: docker tag httpd localhost:5000/web
# shown: docker image inspect localhost:5000/web
docker run -d --name web httpd
docker tag web localhost:5000/web
