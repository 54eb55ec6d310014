# Two commands are enough: make demo, make test. The rest is for those who work on it: make help lists it.
GO ?= go
FILE ?= ../shared/forecast/completions.csv.gz
BIN := bin/jerem
SEED ?= 1
# The rooms whose tests take longest.
LONGEST := ./sync ./web ./cmd/jerem ./bot ./store

.PHONY: calibrate demo build test lint check short race browser prometheus servers test-warp10 fuzz mutants soak bench ui licenses \
	screenshots release clean help

demo: build ## a simulated team, read and shown: prints the address to open
	./$(BIN) demo

build: ## a static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/jerem

release: ## dist/: binaries for Linux and macOS, packed, with checksums; VERSION=1.2.3 to name it
	$(GO) run ./release

test: lint servers check browser prometheus ## all that CI runs

# Files whose lines cannot be broken: migrations of releases are never edited, a go:generate directive is one line.
WIDE ?= ui/embed.go

lint: ## gofmt, vet, staticcheck, lines of at most 120 columns
	@files=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$files" || { echo "gofmt -w these:"; echo "$$files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) run ./tools/lines $(WIDE)

check: ## all tests of Go
	$(GO) test -timeout 30m ./...
	cd deploy/deploytest && $(GO) test .

# Half the time of short is linking some 140 programs. Its flags are for that: garbage is collected seldom, but before
# programs of tests touch several times the memory that they hold, which costs more; no C, as the product is built,
# nothing of what debuggers read and no table of symbols, programs in memory where it lets them run, and no vet, which
# make lint runs. What a failing test tells, lines and all, is the same without them. Twice as many programs run as
# there are processors, for the longest of them wait for servers much of their time, and those are the first to be
# linked: at the end there is nothing beside them to wait for.
short: ## the quick tests of Go: no slow ones, and no database server
	CGO_ENABLED=0 GOGC=400 GOTMPDIR=$$(sh testrun/memory.sh) $(GO) test -short -vet=off \
		-gcflags=all=-dwarf=false -ldflags='-s -w' -p $$((2 * $$(getconf _NPROCESSORS_ONLN))) -timeout 30m $(LONGEST) ./...

# The detector watches our code and the libraries, but not SQLite itself, which is translated C without goroutines of its own,
# and took four fifths of the time. Only that one package: generic code of a package built without the detector may be
# linked in place of the same code built with it, and then races are told that are none.
race: ## the quick tests with the race detector
	JEREM_SHORT_SERVER=true $(GO) test -race -short -vet=off -gcflags=modernc.org/sqlite/lib=-race=false -timeout 40m \
		$(LONGEST) ./...

browser: build ## the pages in a real Chromium; says so when there is none
	sh ui/test/run.sh

prometheus: ## /metrics and sinks with a real Prometheus and VictoriaMetrics; says so when there is none
	GO=$(GO) sh cmd/jerem/prometheus.sh
	GO=$(GO) sh publish/remotewrite/servers.sh

servers: ## install the servers that tests use, where that is simple
	sh publish/remotewrite/servers.sh install
	sh store/db/postgres/servers.sh

test-warp10: ## the sinks' contract against a real server, named by WARP10_URL and its tokens
	@test -n "$$WARP10_URL" || { echo "set WARP10_URL, WARP10_WRITE_TOKEN and WARP10_READ_TOKEN"; exit 2; }
	$(GO) test -count=1 -v -run Warp10 ./publish/... ./cmd/jerem

ui: ## bundle styles and scripts into ui/dist
	$(GO) generate ./ui

licenses: ## write the notices of all that is built in anew, after a change of go.mod
	$(GO) generate ./licenses

screenshots: build ## the pictures of docs/screenshots, by the product itself and Chromium
	sh ui/test/run.sh screenshots

fuzz: ## every parser of foreign input, half a minute each
	sh fuzz.sh 30s

mutants: ## a sample of mutants, and how many the rooms' own tests let live; SEED=2 for another one
	GO=$(GO) sh mutants.sh jira $(SEED) 60 \
		'^((translate|document)/[^/]*|transport/(answer|scrub)|jql)[.]go$$'
	GO=$(GO) sh mutants.sh measure $(SEED) 60 \
		'^((sprint|quarter|quality|reconciliation|impediment)[^/]*|(flow|outlook|grade|internal/[a-z]*)/[^/]*)[.]go$$'

soak: build ## for hours: more properties, worlds and changed answers, the labels of every chart, a long demo
	$(GO) test ./measure ./agile ./oncall ./jira ./store -rapid.checks=20000
	ONCALL_STORIES=24 $(GO) test -count=1 -timeout 30m -run Independent ./web/oncall
	ONCALL_ZONES=all $(GO) test -count=1 -timeout 60m -run EveryZone ./oncall
	JEREM_WORLDS=20 $(GO) test -count=1 -timeout 30m -run World ./sync
	JEREM_ANSWERS=300 $(GO) test -count=1 -timeout 30m -run AnswersChanged ./sync
	JEREM_LEADERS=300 $(GO) test -count=1 -timeout 30m -run LeadersInTurn ./bot
	JEREM_INSTANCES=6 $(GO) test -count=1 -timeout 60m -v -run TestCompanyByThreeInstances ./cmd/jerem
	JEREM_LABELS=all sh ui/test/run.sh
	JEREM_DEMO_MINUTES=10 $(GO) test -count=1 -timeout 20m -v -run TestDemoFigures ./cmd/jerem

calibrate: ## the forecast replayed on 39 real projects, held to its bounds; FILE=… for others
	JEREM_CALIBRATE=1 $(GO) test -count=1 -v -run RealProjects ./measure/forecast
	$(GO) run ./cmd/jerem calibrate $(FILE)

bench: ## figures beside their limits, most of an hour; BENCH=small for a few minutes, ROW="first pages" for some
	$(GO) run ./tools/bench $(ROW)

clean: ## remove what was built
	rm -rf bin dist

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
