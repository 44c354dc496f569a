# diagnosis: hub-locked-out
# message
# unproved: a test has no account at Docker Hub
python3 tests/live/another_engine.py images/create 'toomanyrequests: too many failed login attempts for username or IP address.'
docker -H tcp://127.0.0.1:2375 pull nginx
