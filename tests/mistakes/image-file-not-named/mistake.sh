# diagnosis: image-file-not-named
# message
# instead: docker save -o FILE.tar nginx
docker pull nginx
python3 -c 'import pty, sys; sys.exit(pty.spawn(["docker", "save", "nginx"]) >> 8)'
