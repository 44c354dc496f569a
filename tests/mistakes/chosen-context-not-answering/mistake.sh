# step: start-registry
# message
# again
# diagnosis: chosen-engine-not-answering
# outcome: inconclusive
docker context create work --docker host=unix:///run/work.sock
docker context use work
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
