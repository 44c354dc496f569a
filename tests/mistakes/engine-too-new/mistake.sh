# step: start-registry
# diagnosis: engine-too-new
# outcome: inconclusive
# unsaid: unset DOCKER_HOST
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
python3 -m tests.live.odd_engine new /run/odd.sock & sleep 0.5
export DOCKER_HOST=unix:///run/odd.sock
