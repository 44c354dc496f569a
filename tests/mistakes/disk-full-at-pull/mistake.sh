# diagnosis: disk-full
# message
# again
# unsaid: mount -o remount,size=100% /run/labcheck/data/engine
mount -o remount,size=$(($(df -k --output=used /run/labcheck/data/engine | tail -1) + 600))k /run/labcheck/data/engine
docker pull nginx
