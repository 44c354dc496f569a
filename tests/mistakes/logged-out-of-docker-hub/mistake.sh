# lab: credentials-and-tls
# message
# diagnosis: logged-out-of-docker-hub
# done: login
# mend: docker logout registry.test:5443
# shown: ! grep -q registry.test "$DOCKER_CONFIG/config.json"
docker logout
