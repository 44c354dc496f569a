# message
# diagnosis: builder-in-a-container
# done: start-registry
# unsaid: docker tag nginx localhost:5000/app
# instead: docker push localhost:5000/app
docker pull nginx; docker pull busybox
mkdir -p $DOCKER_CONFIG/cli-plugins
plugin=$DOCKER_CONFIG/cli-plugins/docker-buildx
echo '#!/bin/sh' >$plugin; chmod +x $plugin
echo 'if [ "$1" = docker-cli-plugin-metadata ]; then echo "{\"SchemaVersion\":\"0.1.0\",\"Vendor\":\"tests\",\"Version\":\"v0\"}"; exit; fi' >>$plugin
echo 'docker run --rm busybox wget -q -O- http://localhost:5000/v2/ 2>/dev/null && exit' >>$plugin
echo 'echo "ERROR: failed to solve: failed to push localhost:5000/app: failed to do request: Head \"http://localhost:5000/v2/app/blobs/sha256:57f115f1f6b54cfed2de961417ee972649f8c3d491c43b5c25f385adc0102fa3\": dial tcp 127.0.0.1:5000: connect: connection refused" >&2; exit 1' >>$plugin
docker buildx build --push -t localhost:5000/app .
