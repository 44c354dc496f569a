# step: start-registry
# diagnosis: registry-still-starting
# outcome: inconclusive
# mend: sleep 2
docker run -d --name my-registry -p 5000:5000 --restart=always --entrypoint sh registry:2 -c 'sleep 2; exec registry serve /etc/docker/registry/config.yml'
