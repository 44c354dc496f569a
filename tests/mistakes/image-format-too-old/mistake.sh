# diagnosis: image-format-too-old
# message
# unproved: a test has no such old image
python3 tests/live/another_engine.py images/create '[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default and will be removed in an upcoming release. Suggest the author of docker.io/library/debian:8 to upgrade the image to the OCI Format or Docker Image manifest v2, schema 2.'
docker -H tcp://127.0.0.1:2375 pull debian:8
