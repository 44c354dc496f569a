# diagnosis: image-format-too-new
# message
# unproved: a test has no such old engine
python3 tests/live/another_engine.py images/create 'mediaType in manifest should be '\''application/vnd.docker.distribution.manifest.v2+json'\'' not '\''application/vnd.oci.image.manifest.v1+json'\'''
docker -H tcp://127.0.0.1:2375 pull nginx
