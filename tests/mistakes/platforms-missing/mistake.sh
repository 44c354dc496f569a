# message
# diagnosis: platforms-missing
# instead: docker -H tcp://127.0.0.1:2375 push --platform linux/amd64 localhost:5000/nginx
python3 tests/live/another_engine.py push 'content digest sha256:0000000000000000000000000000000000000000000000000000000000000000: not found'
docker -H tcp://127.0.0.1:2375 push localhost:5000/nginx
