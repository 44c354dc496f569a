# message
# diagnosis: scheme-in-name
# mend: docker tag nginx localhost:5000/nginx
# shown: docker image inspect localhost:5000/nginx
docker pull nginx
docker tag nginx http://localhost:5000/nginx
