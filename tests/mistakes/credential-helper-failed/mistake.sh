# diagnosis: credential-helper-failed
# message
# done: start-registry
# unsaid: echo '{}' >"$DOCKER_CONFIG/config.json"
# again
mkdir helpers; printf '#!/bin/sh\necho no credentials server URL\nexit 1\n' >helpers/docker-credential-broken; chmod +x helpers/*
export PATH=$PWD/helpers:$PATH
echo '{"credsStore": "broken"}' >"$DOCKER_CONFIG/config.json"
docker login -u me -p secret localhost:5000
