# diagnosis: upload-unknown
# message
# unproved: a test has one registry only
python3 tests/live/another_engine.py push 'unknown blob' whole
docker -H tcp://127.0.0.1:2375 push localhost:5000/app
