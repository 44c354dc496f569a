# diagnosis: hub-login-refused
# message
# unproved: a test has no account at Docker Hub
python3 tests/live/another_engine.py auth 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password'
docker -H tcp://127.0.0.1:2375 login -u me -p secret
