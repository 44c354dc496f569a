# message
# diagnosis: settings-damaged
# shown: docker ps 2>&1 | (! grep config.json)
echo '{"credsStore": ' >"$DOCKER_CONFIG/config.json"
docker ps
