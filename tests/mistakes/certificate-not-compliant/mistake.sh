# diagnosis: certificate-not-compliant
# message
# unproved: a test has no Mac
python3 tests/live/another_engine.py images/create 'Get "https://registry.example:5000/v2/": tls: failed to verify certificate: x509: “registry.example” certificate is not standards compliant'
docker -H tcp://127.0.0.1:2375 pull registry.example:5000/nginx
