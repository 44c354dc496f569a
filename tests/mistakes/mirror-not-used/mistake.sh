# diagnosis: mirror-not-used
# message
# unproved: the mirror of a sandbox asks for no password
python3 tests/live/another_engine.py images/create 'level=info msg="Attempting next endpoint for pull after error: Head \"http://mirror.example:5001/v2/library/postgres/manifests/14.2\": no basic auth credentials"'
docker -H tcp://127.0.0.1:2375 pull postgres:14.2
