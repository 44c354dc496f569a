# lab: mirrors
# message
# diagnosis: registry-read-only
# done: cache
# instead: docker push localhost:5017/tiny:2
echo tiny > /run/tiny
tar c -C /run tiny | docker import - localhost:5017/tiny:1
docker push localhost:5017/tiny:1
tar c -C /run tiny | docker import - localhost:5007/tiny:2
docker tag localhost:5007/tiny:2 localhost:5017/tiny:2
docker push localhost:5007/tiny:2
