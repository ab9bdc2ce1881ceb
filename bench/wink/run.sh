#!/bin/sh
# Measures the lens and wink-nlp on the same English text in one run: needs node
# and npm, which the program itself never does.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund >/dev/null
cat ../../lens/gold/open/en-*.jsonl >/tmp/wink.$$
trap 'rm -f /tmp/wink.$$' EXIT
for round in 1 2 3; do
	node measure.mjs </tmp/wink.$$
	(cd ../.. && go test ./lens/weights -run '^$' -bench English -benchtime 2s | grep utterances/s)
done
