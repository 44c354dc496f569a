# lab: keep-and-clean
# step: volume
# diagnosis: volume-elsewhere
# done: start
docker rm -f -v keeper
docker run -d --name keeper -p 5006:5000 -v keeper-data:/var/lib/docker-registry registry:2
