# message
# diagnosis: no-such-image
# unproved: it is gone already, so there is nothing left to do
docker rmi localhost:5000/nginx
