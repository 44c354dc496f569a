# step: start-registry
# diagnosis: other-host-port
docker run -d --name my-registry -p 127.0.0.1:5001:5000 -p 5443:443 -v /run/kept:/var/lib/registry --restart=always registry:2
