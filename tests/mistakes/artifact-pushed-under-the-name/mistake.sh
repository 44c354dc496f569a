# step: push
# diagnosis: another-image-pushed
# done: tag
docker push localhost:5000/httpd
python3 -c 'from tests.live.pushing import *; b = b"# Notes"; put("nginx", "latest", {"mediaType": OCI, \
"artifactType": "application/vnd.example.notes", "config": descriptor("nginx", b"{}", EMPTY), \
"layers": [descriptor("nginx", b, "text/markdown")]})'
