# step: start-registry
# diagnosis: out-of-memory
docker run -d --name my-registry -p 5000:5000 --memory 6m registry:2
sleep 1
