# step: start-registry
# diagnosis: engine-not-answering
# outcome: inconclusive
# unsaid: kill -CONT "$(cat /run/docker.pid)"
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
kill -STOP "$(cat /run/docker.pid)"
