# diagnosis: registry-may-not-write
# message
# unsaid: docker rm -f -v my-registry; docker run -d --name my-registry -p 5000:5000 -v kept:/var/lib/registry registry:2; sleep 1
# again
docker run -d --name my-registry -p 5000:5000 -v kept:/var/lib/registry:ro registry:2
sleep 1
curl --fail-with-body -X POST localhost:5000/v2/nginx/blobs/uploads/
