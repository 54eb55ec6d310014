#!/bin/sh
# Runs every fuzz target of the tree for a while each: sh fuzz.sh [TIME], 30s by default. It goes on after
# a failure, and ends with 1 if there was one; go test tells where the input that failed is kept.
GO=${GO:-go}
failed=0
for file in $(git ls-files '*_test.go' | xargs grep -l '^func Fuzz'); do
	for target in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file"); do
		echo "== ./${file%/*} $target"
		$GO test -run '^$' -fuzz "^$target\$" -fuzztime "${1:-30s}" "./${file%/*}" || failed=1
	done
done
exit $failed
