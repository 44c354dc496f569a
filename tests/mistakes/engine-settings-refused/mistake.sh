# diagnosis: engine-settings-refused
# message
# unsaid: echo '{}' >daemon.json
# shown: ! (dockerd --config-file daemon.json --insecure-registry 192.0.2.2:5000 --pidfile pid 2>&1 | grep specified)
echo $$ >pid
echo '{"insecure-registries": ["192.0.2.2:5000"]}' >daemon.json
dockerd --config-file daemon.json --insecure-registry 192.0.2.2:5000 --pidfile pid
