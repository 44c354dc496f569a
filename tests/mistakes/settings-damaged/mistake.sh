# message
# diagnosis: settings-damaged
# again
echo '{"credsStore": ' >"$DOCKER_CONFIG/config.json"
docker ps
