# lab: credentials-and-tls
# message
# diagnosis: registry-not-answering
# done: password
# unsaid: docker login --username ada --password-stdin registry.test:5443 <ada.password
# mends: login
docker login --username ada --password-stdin registry.test <ada.password
