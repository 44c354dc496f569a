# diagnosis: options-conflict
# message
# instead: docker --context default ps
docker --host unix:///run/docker.sock --context default ps
