# lab: mirrors
# message
# diagnosis: upstream-not-answering
# done: restart
# unsaid: docker start origin
# unsaid: for i in $(seq 50); do curl -s -o /run/up localhost:5017/v2/ && break; sleep 0.1; done
# mend: docker start cache
# mends: again
docker logs cache 2>&1 | grep panic
