# diagnosis: git-bash-path
# message
# unproved: a test has no Windows
python3 tests/live/another_engine.py start 'invalid mode: \Program Files\Git\var\lib\registry'
docker -H tcp://127.0.0.1:2375 run -d -v data:/var/lib/registry registry:2
