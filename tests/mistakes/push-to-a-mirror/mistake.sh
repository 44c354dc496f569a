# lab: mirrors
# message
# diagnosis: registry-read-only
# done: cache
# instead: docker push localhost:5017/tiny:1
echo tiny > /run/tiny
tar c -C /run tiny | docker import - localhost:5017/tiny:1
docker push localhost:5017/tiny:1
docker image rm localhost:5017/tiny:1
docker pull localhost:5007/tiny:1
docker tag localhost:5007/tiny:1 localhost:5017/tiny:1
docker push localhost:5007/tiny:1
