# step: pull
# diagnosis: engine-not-running
# outcome: inconclusive
# done: start-registry
# mend: mv /run/away.sock /run/docker.sock
docker pull nginx:latest
docker pull httpd:latest
mv /run/docker.sock /run/away.sock
