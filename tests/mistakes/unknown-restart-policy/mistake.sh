# diagnosis: unknown-restart-policy
# message
# unsaid: docker rm my-registry || true
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
docker run -d --name my-registry -p 5000:5000 --restart=allways registry:2
