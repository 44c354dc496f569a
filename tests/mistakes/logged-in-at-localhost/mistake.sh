# lab: credentials-and-tls
# step: login
# diagnosis: logged-in-by-another-name
# done: password
# unsaid: docker login --username ada --password-stdin registry.test:5443 <ada.password
docker login --username ada --password-stdin localhost:5443 <ada.password
