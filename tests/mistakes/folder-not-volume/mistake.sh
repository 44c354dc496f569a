# lab: keep-and-clean
# step: volume
# diagnosis: folder-not-volume
# done: start
docker rm -f -v keeper
docker run -d --name keeper -p 5006:5000 -v "$PWD/keeper-data":/var/lib/registry registry:2
