# lab: mirrors
# message
# diagnosis: load-without-i
# instead: docker load -i menu.tar
docker pull busybox
docker save -o menu.tar busybox
docker load menu.tar
