# The commands of this project. Plain cargo underneath; `make help` lists them.

.DEFAULT_GOAL := help
.PHONY: help setup mongod axe smtpd schemathesis demo demo-mongodb test ci fmt clippy doc tidy deny bench fuzz-api

help: ## Lists the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: ## Installs what the system lacks: Chromium, its headless shell, OCR
	@scripts/setup

mongod: ## Installs a MongoDB server for the tests
	@scripts/mongod

axe: ## Installs axe, which the tests of the dashboard check its pages with
	@scripts/axe

smtpd: ## Installs a mail server for the tests of alerts
	@scripts/smtpd

schemathesis: ## Installs what the tests of the API make requests with
	@scripts/schemathesis

demo: setup ## Files twelve invented customers into the practice portal and shows what became of each
	@cargo build --quiet --package formhand
	@target/debug/formhand demo

demo-mongodb: setup mongod ## The same with two servers on a MongoDB replica set, which it starts by itself
	@cargo run --quiet --package formhand -- demo --mongodb

test: setup mongod axe smtpd schemathesis ## Runs all tests, with real browsers, a real MongoDB and a real mail server
	cargo test --workspace

ci: setup fmt clippy doc tidy test ## All that must hold before a change lands

fmt:
	cargo fmt --all --check

clippy:
	cargo clippy --workspace --all-targets -- --deny warnings

doc:
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps

tidy:
	cargo run --quiet --package xtask -- tidy

deny: ## Checks licences and sources of all dependencies (needs cargo-deny)
	cargo deny check licenses bans sources

fuzz-api: setup schemathesis ## Asks a server for all that the API's description allows and forbids
	@scripts/fuzz-api

bench: setup ## Measures a whole job beside a hand-written script for the same pages
	cargo run --release --quiet --package formhand-bench
