#!/bin/sh
# Mutation testing of a sample: sh mutants.sh ROOM SEED [COUNT] [FILES]
#
# Lines of the room's files (those whose path in the room the extended regular expression FILES names, else all) are
# chosen by SEED until COUNT mutants (60 by default) stand in them. Gremlins makes the mutants and runs the room's own
# tests on each, which may take eight times what they take without a mutant. One that does not compile, or that was
# stopped for its time, is left out of the rate. What is tried is what is committed. Prints the survivors, what was
# left out, and the rate; the exit code tells only whether the run came to its end. WORKERS is how many mutants are
# tried at a time, 1 by default.
set -eu
GREMLINS=github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0
room=${1:?usage: sh mutants.sh ROOM SEED [COUNT] [FILES]}
seed=${2:?usage: sh mutants.sh ROOM SEED [COUNT] [FILES]}
count=${3:-60}
files=${4:-.}
go=$(command -v "${GO:-go}")

export GOFLAGS=-vet=off # the tests alone are asked

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
GOBIN="$dir/bin" "$go" install "$GREMLINS"
git clone -q . "$dir/tree"
mkdir "$dir/tmp" "$dir/go"
export TMPDIR="$dir/tmp"

# This command stands in front of go for Gremlins, which does two things otherwise than a rate needs. It takes a mutant
# that does not compile for a killed one: the exit code 2 says "not viable". And it leaves out what the coverage does
# not name, among it the conditions of every switch: with all lines named as covered each mutant is tried.
cat >"$dir/go/go" <<SHIM
#!/bin/sh
if [ "\$1" != test ]; then exec "$go" "\$@"; fi
shift
ulimit -v 8388608 # KB: a mutant that never ends may take memory without end
code=0
"$go" test -count=1 "\$@" >"$dir/said.\$\$" 2>&1 || code=\$?
if grep -q '\[build failed\]' "$dir/said.\$\$"; then exit 2; fi
cat "$dir/said.\$\$"
if [ "\$1" = -cover ]; then
	sed -i.all -e 's/:.*/:1.1,1000000.1 1 1/' -e '1s/.*/mode: set/' "\$3"
fi
exit \$code
SHIM
git=$(command -v git)
cat >"$dir/go/git" <<SHIM
#!/bin/sh
if [ "\$1" != diff ]; then exec "$git" "\$@"; fi
shift
exec "$git" diff --relative="$room" "\$@"
SHIM
chmod +x "$dir/go/go" "$dir/go/git"

# unleash runs Gremlins in the room with every kind of mutant that it knows.
unleash() {
	(cd "$dir/tree" && PATH="$dir/go:$PATH" "$dir/bin/gremlins" unleash "./$room" \
		--workers "${WORKERS:-1}" --timeout-coefficient 8 \
		--invert-assignments --invert-bitwise --invert-bwassign --invert-logical --invert-loopctrl \
		--remove-self-assignments "$@")
}

# mutants prints "KIND file:line:col STATUS" for each line of Gremlins' answer that tells one.
mutants() {
	sed -n -E 's/^ *(RUNNABLE|KILLED|LIVED|TIMED OUT|NOT VIABLE) ([A-Z_]+) at ([^ ]+)$/\2 \3 \1/p'
}

unleash --dry-run | mutants >"$dir/all"
[ -s "$dir/all" ] || { echo "$room: Gremlins found no mutant; do the tests pass?"; exit 1; }
awk -v files="$files" '{ split($2, at, ":") } at[1] ~ files { print at[1] ":" at[2] }' "$dir/all" | sort | uniq -c |
	while read -r here line; do
		echo "$(printf '%s %s' "$seed" "$line" | git hash-object --stdin) $here $line"
	done | sort | awk -v count="$count" '{ print $3; sum += $2; if (sum >= count) exit }' >"$dir/lines"

# Gremlins can keep to the lines that differ from a commit: one in which the chosen lines were written otherwise. It
# names files from the room on, and drops the first part of a name in a diff, git's prefix: so the command that stands
# in front of git tells the names from the room on too, be it a room in another one.
(
	cd "$dir/tree"
	tr : ' ' <"$dir/lines" | while read -r file line; do
		sed "${line}s|\$| //|" "$room/$file" >"$dir/file" && cat "$dir/file" >"$room/$file"
	done
	git -c user.name=mutants -c user.email=mutants@localhost commit -qam sample
	git checkout -q HEAD~1 -- .
	git -c user.name=mutants -c user.email=mutants@localhost commit -qm original
)
unleash --diff HEAD~1 --output-statuses ltkv | tee /dev/stderr | mutants >"$dir/tried"

grep -E ' (LIVED|TIMED OUT|NOT VIABLE)$' "$dir/tried" | sort -k2 || true
awk -v room="$room" -v seed="$seed" '
	/KILLED$/ { killed++ }
	/LIVED$/ { survived++ }
	/(TIMED OUT|NOT VIABLE)$/ { left++ }
	END {
		if (killed + survived == 0) { print room ": no mutant was tried"; exit 1 }
		printf "%s, seed %s: of %d mutants %d survived (%.0f %%); %d left out\n",
			room, seed, killed + survived, survived, 100 * survived / (killed + survived), left
	}' "$dir/tried"
