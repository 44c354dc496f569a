# message
# diagnosis: credential-helper-missing
# unsaid: echo '{}' >"$DOCKER_CONFIG/config.json"
# again
echo '{"credsStore": "desktop"}' >"$DOCKER_CONFIG/config.json"
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
