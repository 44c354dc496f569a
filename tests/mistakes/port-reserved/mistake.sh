# message
# diagnosis: port-reserved
# mend: docker run -d --name my-registry -p 5001:5000 --restart=always registry:2
# unsaid: for i in $(seq 50); do curl -s -o /run/up localhost:5001/v2/ && break; sleep 0.1; done
# shown: curl -sf localhost:5001/v2/
python3 tests/live/another_engine.py start 'Ports are not available: exposing port TCP 0.0.0.0:5000 -> 127.0.0.1:0: listen tcp 0.0.0.0:5000: bind: An attempt was made to access a socket in a way forbidden by its access permissions.'
docker -H tcp://127.0.0.1:2375 run -d --name my-registry -p 5000:5000 --restart=always registry:2
