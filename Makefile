# What a developer does with this repository. `make` alone lists it.

FUZZTIME ?= 20s

# The journeys and the rules read more than Go's test cache knows of: they
# run each time.
FRESH := /internal/(arch|e2e)$$

# Where goroutines meet.
RACY := ./account ./journal ./sqlite ./workspace

# What goes along every route of the web with one reader at a time takes minutes
# under the race detector and has nothing to race: it runs without only.
WALKS := ^Test(WhatIsForeignIsUnknown|TwoMembersOneHiddenEntry|WhatIsHiddenLeavesNoTrace|EveryRouteForEverybody|EveryPageIsSound|EveryLookIsTold|HiddenDialoguesLeaveNoTrace|ErrorsFailClosed|ForgedFormsAreRefused|BytesThatNoTextHas)$$

# What of the web runs on PostgreSQL in `make test` as well: who may what, what is
# hidden, what is live, what is erased and kept, and faults of the store.
# `make test-postgres` runs all of it.
BOTH := ^Test(EveryRouteForEverybody|WhatIsForeignIsUnknown|TwoMembersOneHiddenEntry|WhatIsHiddenLeavesNoTrace|ErrorsFailClosed|BytesThatNoTextHas|APageThatIsUpToDateHearsNothing|AChangeIsSeenByWhomItIsFor|AStreamEndsWithWhatItRestsOn|AQuietStreamSaysThatItIsThere|StreamsEndWithTheProgramAndTheReader|OverTheWire|TwoPeopleTakeAPlaceAway|AnOfficerSeesNoWords|AnOfficerActs|WhatAKeepingFormGivesBack)$$

# The tests below run on PostgreSQL, each package on a server of its own.
ON_POSTGRES := SAMENSPEL_TEST_STORE=postgres go test -timeout 40m

# What the program says of itself with --version.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

# How the program is built for others. Nothing of the machine is in it, so that
# whoever builds the same source with the same Go gets the same bytes.
BUILD := CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)"

TOOL := go tool -modfile=tools/go.mod

.PHONY: help build sbom reproducible test test-postgres lint bench compare faults fuzz shots

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the program as one static file, bin/samenspel
	$(BUILD) -o bin/samenspel ./cmd/samenspel

sbom: build ## list what is in the program, bin/samenspel.cdx.json (CycloneDX); needs the network
	$(TOOL) cyclonedx-gomod bin -json -std -noserial -notimestamp -version "$(VERSION)" -output bin/samenspel.cdx.json bin/samenspel
	go run ./internal/sbom bin/samenspel.cdx.json

reproducible: ## build twice, in other folders and from nothing, and compare; takes minutes
	@set -e; both=$$(mktemp -d); trap 'chmod -R u+w "$$both"; rm -rf "$$both"' EXIT; \
	for place in one another/deeper; do \
		mkdir -p "$$both/$$place" "$$both/cache/$$place"; \
		git ls-files -z | xargs -0 tar -cf - | tar -xf - -C "$$both/$$place"; \
		(cd "$$both/$$place" && GOCACHE="$$both/cache/$$place" $(BUILD) -o samenspel ./cmd/samenspel); \
		(cd "$$both/$$place" && sha256sum samenspel); \
	done; \
	cmp "$$both/one/samenspel" "$$both/another/deeper/samenspel" && echo "the same, byte for byte"

test: ## set up, then check format, vet and run every test
	.ci/setup
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not in the form of gofmt:" $$files; exit 1; }
	go vet ./...
	go list ./... | grep -E '$(FRESH)' | xargs go test -count=1 -timeout 40m
	go list ./... | grep -vE '$(FRESH)' | xargs go test -timeout 40m
	$(ON_POSTGRES) ./account ./accesslog ./journal
	$(ON_POSTGRES) ./workspace -rapid.checks=20
	$(ON_POSTGRES) -run '$(BOTH)' ./web
	@if command -v gcc >/dev/null; then \
		echo "go test -race $(RACY) ./web"; \
		CGO_ENABLED=1 go test -race -timeout 40m $(RACY) && CGO_ENABLED=1 go test -race -timeout 40m -skip '$(WALKS)' ./web; \
	else \
		echo "no gcc here: the race detector is left out"; \
	fi

test-postgres: ## run on PostgreSQL every test that does not care which store it is
	.ci/setup
	$(ON_POSTGRES) -count=1 ./account ./accesslog ./journal ./workspace ./web

lint: ## run staticcheck and govulncheck, which need the network
	$(TOOL) staticcheck ./...
	$(TOOL) govulncheck ./...

bench: ## measure: the Go benchmarks, then the load driver
	go test -run='^$$' -bench=. -benchmem ./...
	go run ./internal/load

compare: ## measure beside PocketBase and a bare server, turn by turn; takes 15 minutes and, the first time, the network
	go run ./internal/compare

fuzz: ## run each fuzz target for FUZZTIME (20s)
	@grep -ro --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sort | sed 's/func //' | \
	while IFS=: read -r file target; do \
		echo "$$target in $$(dirname "$$file")"; \
		go test -run='^$$' -fuzz="^$$target\$$" -fuzztime=$(FUZZTIME) "$$(dirname "$$file")" </dev/null || exit 1; \
	done

shots: ## make the screenshots of the documentation anew
	go test ./internal/e2e -run TestScreenshots -count=1 -shots $(CURDIR)/docs/screenshots

faults: ## break what it stands on in fourteen ways, and count what is lost; some hours
	go run ./internal/faults
