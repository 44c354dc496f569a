# diagnosis: manifest-refused
# message
# instead: docker -H tcp://127.0.0.1:2375 push --platform linux/amd64 localhost:5000/nginx
python3 tests/live/another_engine.py push 'error from registry: manifest invalid' whole
docker -H tcp://127.0.0.1:2375 push localhost:5000/nginx
