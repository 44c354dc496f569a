# message
# diagnosis: traces-not-delivered
# unsaid: docker rm -f my-registry
# unsaid: registry3 -e OTEL_TRACES_EXPORTER=none
# unsaid: for i in $(seq 50); do curl -s -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
# shown: docker logs my-registry 2>&1 | (! grep 'traces export')
noise='[ "$OTEL_TRACES_EXPORTER" = none ] || echo "time=\"2025-04-04T09:32:55.822077511Z\" level=error msg=\"traces export: Post \\\"https://localhost:4318/v1/traces\\\": dial tcp [::1]:4318: connect: connection refused\" environment=development go.version=go1.23.7 instance.id=1df5abf0-2cc7-4268-9d28-b3f4a046ce87 service=registry version=3.0.0"'
registry3() { docker run -d --name my-registry -p 5000:5000 "$@" --entrypoint sh registry:2 -c "$noise; exec registry serve /etc/docker/registry/config.yml"; }
registry3
for i in $(seq 50); do curl -s -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker logs my-registry 2>&1 | grep traces
