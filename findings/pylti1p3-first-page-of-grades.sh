#!/usr/bin/env bash
# PyLTI1p3 2.0.0: get_grades() returns the first page of a class's results and says nothing of the others; get_lineitems()
# and get_members() of the same package follow all pages.
#
# The guess: "Return all grades for the passed line item" (its documentation) holds for a platform that sends pages.
# The truth: the answer's Link header with rel="next" is read (the connector returns it as next_page_url) and dropped.
# The size of a page is the platform's choice (the specification only lets a tool suggest one), so the same code is
# complete in a small class.
#
# Seen: a platform with 120 members and a result for each, in pages of 50
#   get_members: 120
#   get_grades: 50
#   pages asked for: members 3, results 1
#
# Run by hand: bash findings/pylti1p3-first-page-of-grades.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install PyLTI1p3==2.0.0 cryptography==50.0.2
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
"$dir/venv/bin/python" - <<'END'
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.lineitem import LineItem
from pylti1p3.names_roles import NamesRolesProvisioningService
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

PEOPLE, PAGE = 120, 50
asked = Counter()


class Platform(BaseHTTPRequestHandler):
    """A platform that sends members and results in pages, as the specifications of both services describe."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "expires_in": 3600})

    def do_GET(self):
        address = urlsplit(self.path)
        begin = int(parse_qs(address.query).get("from", ["0"])[0])
        people = [f"learner-{number}" for number in range(begin, min(begin + PAGE, PEOPLE))]
        what = address.path.rsplit("/", 1)[-1]
        asked[what] += 1
        more = f'<{HOST}{address.path}?from={begin + PAGE}>; rel="next"' if begin + PAGE < PEOPLE else None
        if what == "members":
            self.answer({"id": "members", "members": [{"user_id": person} for person in people]}, more)
        else:
            self.answer([{"id": person, "userId": person, "resultScore": 1} for person in people], more)

    def answer(self, body, link=None):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if link:
            self.send_header("Link", link)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
HOST = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
tool = Registration().set_client_id("tool").set_issuer(HOST).set_auth_token_url(f"{HOST}/token")
tool.set_tool_private_key(pem.decode())
connector = ServiceConnector(tool)
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
scopes = [AGS + name for name in ("result.readonly", "lineitem", "score")]
grades = AssignmentsGradesService(connector, {"scope": scopes, "lineitem": f"{HOST}/items/1", "lineitems": f"{HOST}/items"})
members = NamesRolesProvisioningService(connector, {"context_memberships_url": f"{HOST}/members"})

people = len(members.get_members())
results = len(grades.get_grades(LineItem({"id": f"{HOST}/items/1"})))
print("get_members:", people)
print("get_grades:", results)
print(f"pages asked for: members {asked['members']}, results {asked['results']}")
assert people == PEOPLE, "other members"
assert (results, asked["results"]) == (PAGE, 1), "it returns other pages"
END
