# diagnosis: firewall-chain-gone
# message
# unproved: a sandbox leaves the firewall of the machine alone
python3 tests/live/another_engine.py start 'driver failed programming external connectivity on endpoint my-registry (1234):  (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 0/0 --dport 5000 -j DNAT --to-destination 172.17.0.2:5000 ! -i docker0: iptables: No chain/target/match by that name. (exit status 1))'
docker -H tcp://127.0.0.1:2375 run -d --name my-registry -p 5000:5000 registry:2
