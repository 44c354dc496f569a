# lab: keep-and-clean
# step: volume
# diagnosis: volume-without-name
# done: start
docker rm -f keeper
docker run -d --name keeper -p 5006:5000 registry:2
