# message
# diagnosis: engine-proxy-not-answering
# unsaid: unset DOCKER_HOST
# again
HTTPS_PROXY=http://127.0.0.1:3128 bash tests/live/second_engine.sh
export DOCKER_HOST=unix:///run/second.sock
docker pull nginx
