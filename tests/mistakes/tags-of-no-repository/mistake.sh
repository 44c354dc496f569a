# message
# diagnosis: manifest-unknown
# mend: docker tag nginx localhost:5000/web; docker push localhost:5000/web
# mend: curl -f localhost:5000/v2/web/tags/list
# done: push
docker pull nginx
curl localhost:5000/v2/web/tags/list
