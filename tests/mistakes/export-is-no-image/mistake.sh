# lab: mirrors
# message
# diagnosis: export-is-no-image
# unsaid: docker save -o /run/box.tar busybox
# again
docker run --name box busybox true
docker export -o /run/box.tar box
docker load -i /run/box.tar
