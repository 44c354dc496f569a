#!/usr/bin/env bash
# xunitparser 1.3.4 reads a JUnit report with a suite inside a suite (Jenkins' junit-10.xsd allows it) as
# a success when the failure is in the inner suite; junitparser 5.0.3 counts it, as a case of the outer suite too.
#
# The guess: xunitparser goes down into inner suites, or says that it does not know them; iterating over a suite in
# junitparser gives its own cases only, those of the inner suite come from testsuites().
# The truth: xunitparser drops the inner suite without a word: 1 test of 3, no failure, wasSuccessful() is True, although
# the outer suite says tests="3" failures="1" (it compares totals of the root element alone).
# junitparser gives all 3 cases for the outer suite and the 2 again for the inner one: who walks both counts 5.
#
# Seen:
#   xunitparser: testsRun 1, failures 0, wasSuccessful True
#   junitparser: outer suite ['pull', 'tag', 'push'], inner suite ['tag', 'push']
#
# Run by hand: bash findings/xunitparser-nested-suite.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install xunitparser==1.3.4 junitparser==5.0.3
"$dir/venv/bin/python" - <<'END'
import io
import junitparser, xunitparser

REPORT = """<testsuites>
  <testsuite name="lab" tests="3" failures="1" errors="0" skipped="0">
    <testcase name="pull" classname="lab"/>
    <testsuite name="registry" tests="2" failures="1" errors="0" skipped="0">
      <testcase name="tag" classname="lab.registry"/>
      <testcase name="push" classname="lab.registry"><failure message="not in the registry">no</failure></testcase>
    </testsuite>
  </testsuite>
</testsuites>"""

_, result = xunitparser.parse(io.StringIO(REPORT))
print(f"xunitparser: testsRun {result.testsRun}, failures {len(result.failures)}, wasSuccessful {result.wasSuccessful()}")

outer = next(iter(junitparser.JUnitXml.fromstring(REPORT)))
inner = next(iter(outer.testsuites()))
cases, inside = [case.name for case in outer], [case.name for case in inner]
print(f"junitparser: outer suite {cases}, inner suite {inside}")

assert (result.testsRun, len(result.failures), result.wasSuccessful()) == (1, 0, True), "xunitparser reads it in another way"
assert (cases, inside) == (["pull", "tag", "push"], ["tag", "push"]), "junitparser reads it in another way"
END
