# diagnosis: networks-used-up
# message
# unsaid: docker network prune -f
# again
for i in $(seq 40); do docker network create n$i || break; done
docker network create more
