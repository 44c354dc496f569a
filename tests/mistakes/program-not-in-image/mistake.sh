# diagnosis: program-not-in-image
# message
# instead: docker exec box sh
docker run -d --name box busybox sleep 60
docker exec box bash
