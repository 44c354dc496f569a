# diagnosis: image-has-children
# message
# unsaid: docker image rm mine
# again
docker pull busybox
id=$(docker image inspect -f '{{.Id}}' busybox)
docker create --name base busybox
docker commit base mine
docker rm base
docker rmi "$id"
