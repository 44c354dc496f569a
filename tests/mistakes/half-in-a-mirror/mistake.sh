# lab: mirrors
# message
# diagnosis: half-in-a-mirror
# done: cache
# mend: docker start origin
# unsaid: for i in $(seq 50); do curl -s -o /run/up localhost:5017/v2/ && break; sleep 0.1; done
# again
docker pull localhost:5007/menu:1
docker stop origin
docker image rm localhost:5017/menu:1 localhost:5007/menu:1
docker pull localhost:5007/menu:1
