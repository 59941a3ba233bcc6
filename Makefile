# Every step of the gate, in the order in which it fails fastest.
.PHONY: check format lint types imports test store

check: lint types imports test store

lint:
	ruff format --check .
	ruff check .

types:
	mypy

imports:
	lint-imports --no-cache

test:
	pytest -q --cov

store:
	refkit validate --offline data/references.bib

format:
	ruff format .
	ruff check --fix .
