# message
# diagnosis: manifest-unknown
# done: push
# unsaid: docker tag nginx localhost:5000/web
# mend: docker push localhost:5000/web
# shown: curl -f localhost:5000/v2/web/tags/list
docker pull nginx
curl localhost:5000/v2/web/tags/list
