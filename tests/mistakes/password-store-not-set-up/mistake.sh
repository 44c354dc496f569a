# message
# diagnosis: password-store-not-set-up
# unsaid: rm "$DOCKER_CONFIG/config.json"
# again
mkdir -p /run/bin; export PATH="/run/bin:$PATH"
printf '%s\n' '#!/bin/sh' 'echo "pass not initialized: exit status 1: Error: password store is empty. Try \"pass init\"."; exit 1' >/run/bin/docker-credential-pass
chmod +x /run/bin/docker-credential-pass
echo '{"credsStore": "pass"}' >"$DOCKER_CONFIG/config.json"
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
