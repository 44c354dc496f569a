# message
# diagnosis: permission-denied
# unsaid: groups=4242
# again
chgrp 4242 /run/docker.sock
groups=65534
setpriv --reuid 65534 --regid 65534 --groups "$groups" docker ps
