# diagnosis: forbidden-by-administrators
# message
# unproved: a test has no organisation
python3 tests/live/another_engine.py images/create 'Access to docker.io has been restricted by your administrators.'
docker -H tcp://127.0.0.1:2375 pull nginx
