# diagnosis: download-broke-off
# message
# unproved: a test breaks no download off
python3 tests/live/another_engine.py images/create 'unexpected EOF'
docker -H tcp://127.0.0.1:2375 pull nginx
