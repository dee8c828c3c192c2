# Every command of the project, each with a line of help: `make help`.
# GitHub's workflows, .ci/run and people call these and nothing else.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.SUFFIXES:

RUN := .venv/bin/python
READY := .venv/.ready
TOOLS := .venv/.tools

# Kernels behave the same everywhere: no settings of the user, hashes of strings fixed.
export IPYTHONDIR := $(CURDIR)/_build/ipython
export MPLCONFIGDIR := $(CURDIR)/_build/matplotlib
export PYTHONHASHSEED := 0
export JUPYTER_PLATFORM_DIRS := 1
# Text is UTF-8, whatever the machine's language.
export PYTHONUTF8 := 1
# The pinned packages and no others: nothing that a shell names for another Python, another Jupyter, another Keras.
unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH JUPYTER_PATH
# Asserts are tests, figures are drawn in the page, and no kernel begins with somebody's own program.
unexport PYTHONOPTIMIZE PYTHONWARNINGS PYTHONSTARTUP MPLBACKEND MATPLOTLIBRC
# A hook of git names its repository to all that it starts; here git asks the folder that it is in.
unexport GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_PREFIX
export KERAS_BACKEND := tensorflow
# What TensorFlow has compiled once is not compiled again when the same page is executed a second time.
export TF_XLA_FLAGS ?= --tf_xla_persistent_cache_directory="$(CURDIR)/_build/xla"
# What tests answer is no learner's progress (tools/book.py sees to the pages); `make lab` keeps the learner's own file.
unit nbval browser: export GRULAB_PROGRESS := $(CURDIR)/_build/progress.json
# The real IMDB files, if they lie beside the checkout (the one path outside it). They may be read-only, so
# Keras gets a home of its own with links to them. Without them Keras keeps its default, and downloads.
ifndef KERAS_HOME
ifneq ($(wildcard ../shared/keras/datasets/imdb.npz),)
export KERAS_HOME := $(CURDIR)/_build/keras
endif
else ifeq ($(filter /%,$(firstword $(KERAS_HOME))),)
# pages are executed in other folders than this one: all shall mean the same place
override KERAS_HOME := $(CURDIR)/$(KERAS_HOME)
export KERAS_HOME
endif

# one thing after the other, whatever MAKEFLAGS says: many of these need what the one before has made
.NOTPARALLEL:

.PHONY: help
help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: book
book: $(READY) keras  ## make everything from nothing: environment, notebooks, training, the site
	@$(RUN) tools/notebooks.py
	@$(RUN) -m grulab.data
	@$(RUN) tools/book.py

.PHONY: test
test: git lint check unit book nbval embedded browser  ## test all that this machine can: code, book, notebooks, site
	@echo "make test: all of it passed"

.PHONY: serve
serve: PORT ?= 8000
serve:  ## serve the built site on http://127.0.0.1:8000 (PORT=8001 for another)
	@test -f _build/rendered || { echo "There is no whole site yet. Run: make book"; exit 1; }
	@test -x $(RUN) || { echo "There is no environment to serve it with. Run: make book"; exit 1; }
	@$(RUN) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT) || \
	  { echo "Is port $(PORT) taken? Name another: make serve PORT=8001"; exit 1; }

.PHONY: lab
lab: $(READY) keras  ## open the course in JupyterLab
	@$(RUN) -m jupyter lab

.PHONY: address
address: $(READY)  ## write the repository's address into all notebooks: make address URL=https://github.com/owner/name
	@test -n "$(URL)" || { echo "Name the address: make address URL=https://github.com/owner/name"; exit 1; }
	@$(RUN) tools/notebooks.py --address "$(URL)" $(if $(REF),--ref "$(REF)")

.PHONY: published
published: $(READY)  ## refuse to publish while the notebooks carry another address
	@$(RUN) tools/notebooks.py --check
	@$(RUN) tools/address.py

.PHONY: grade
grade: OUT ?= grades.csv
grade: JOBS ?= 2
grade: $(READY)  ## grade a class: make grade FILES="submissions/*.ipynb" OUT=grades.csv MORE="--hidden private"
	@test -n "$(FILES)" || { echo 'Name the notebooks: make grade FILES="submissions/*.ipynb"'; exit 2; }
	@$(RUN) -m grulab.checks.grade $(FILES) --out "$(OUT)" --jobs $(JOBS) $(MORE)

.PHONY: notebooks
notebooks: $(READY)  ## build the notebooks from the Markdown sources
	@$(RUN) tools/notebooks.py

.PHONY: format
format: $(TOOLS)  ## format the code
	@$(RUN) -m ruff check --fix --quiet .
	@$(RUN) -m ruff format --quiet .

# these two say much when all is well
quietly = said=$$($(1) 2>&1) || { echo "$$said"; exit 1; }
schema = $(call quietly,.venv/bin/check-jsonschema --builtin-schema $(1))

.PHONY: lint
lint: $(TOOLS)  ## check style, spelling and the files that GitHub reads
	@$(RUN) -m ruff check --quiet .
	@$(RUN) -m ruff format --check --quiet .
	@$(RUN) -m codespell_lib
	@$(call quietly,.venv/bin/zizmor --offline .github)
	@$(call schema,vendor.github-workflows .github/workflows/*.yml)
	@$(call schema,custom.github-workflows-require-timeout .github/workflows/*.yml)
	@$(call schema,vendor.dependabot .github/dependabot.yml)
	@$(call schema,vendor.citation-file-format CITATION.cff)
	@echo "lint: clean"

.PHONY: check
check: $(TOOLS)  ## check that built notebooks are fresh
	@$(RUN) tools/notebooks.py --check

# three processes keep two cores busy: each waits now and then, for a child, a browser or a disk
SIDE_BY_SIDE := $(RUN) -m pytest -q -n 3 --dist loadgroup --no-loadscope-reorder
.PHONY: unit
unit: git $(TOOLS) keras  ## run the unit tests
	@sh tools/sandbox.sh
	@$(SIDE_BY_SIDE) tests --ignore tests/browser

.PHONY: nbval
nbval: $(TOOLS) book  ## execute every notebook again and compare it with the book
	@$(RUN) tools/notebooks.py --nbval _build/jupyter_execute
	@$(RUN) -m pytest -q -n 2 --dist loadfile --nbval -c tests/nbval.ini _build/nbval

.PHONY: embedded
embedded: $(READY) keras  ## execute the pages on reviews with the embedded reviews, too
	@echo "the pages on reviews, with the embedded reviews:"
	@GRULAB_REVIEWS=embedded $(RUN) tools/book.py --execute $(basename $(shell grep -l "load_reviews.num_words" book/*.md solutions/*.md))

.PHONY: browser
browser: $(TOOLS) book  ## open every page of the built site in a real browser
	@$(RUN) tools/browser.py
	@$(SIDE_BY_SIDE) -m 'not timed' tests/browser
	@$(RUN) -m pytest -q -m timed tests/browser

# pages are measured of the site that the benchmark `build` leaves; asked for without it, of what `make book` makes
SITE := $(if $(filter build,$(NAMES)),,$(if $(filter pages,$(NAMES)),book))
.PHONY: bench
bench: git $(TOOLS) keras $(SITE)  ## measure what a reader waits for, in one table (NAMES="gates sine": these rows)
	@$(if $(filter pages,$(or $(NAMES),pages)),$(RUN) tools/browser.py || true)
	@$(RUN) -m benchmarks $(NAMES)

.PHONY: environments
environments: git $(TOOLS) keras  ## try Colab's packages, the oldest and newest, Binder's way (NAMES=colab: that one)
	@PYTHONPATH="$(CURDIR)/tools:$(CURDIR)" $(RUN) -m environments $(NAMES)

.PHONY: colab
colab: $(TOOLS)  ## renew Colab's set: make colab FREEZE=freeze.txt COLAB=3.13 (ENVIRONMENTS.md)
	@PYTHONPATH="$(CURDIR)/tools:$(CURDIR)" $(RUN) -m environments.renew $(FREEZE) $(COLAB)

COMPILE := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header
.PHONY: pins
pins: $(TOOLS)  ## compile requirements*.in to exact pins with hashes (UPGRADE=all or UPGRADE="keras tensorflow": renew)
	@for name in requirements requirements-dev; do \
	  $(RUN) -m $(COMPILE) $(if $(filter all,$(UPGRADE)),--upgrade,$(addprefix --upgrade-package ,$(UPGRADE))) $$name.in -o $$name.txt || exit; done

.PHONY: licences
licences: $(TOOLS)  ## list what the project depends on, with uses and licences, in DEPENDENCIES.md
	@$(RUN) tools/licences.py

.PHONY: linkcheck
linkcheck: book  ## check links to other sites (needs a network; no part of test)
	@.venv/bin/jupyter-book build . --builder linkcheck

.PHONY: ubuntu-sandbox
ubuntu-sandbox:  ## on GitHub's Ubuntu: install bubblewrap and allow it its namespaces
	@sudo sh tools/sandbox.sh
	@sudo sysctl -q kernel.apparmor_restrict_unprivileged_userns=0

.PHONY: clean
clean:  ## remove what was built, but for the virtual environment
	@rm -rf _build

# ---- what the commands above stand on ----

# An environment that was moved here, whose Python is gone, or that an interruption left in pieces, is made again.
ifneq ($(shell test -e .venv/.unpacking || $(RUN) -c 'import os; print(open(".venv/.place").read().strip() == os.getcwd())' 2>/dev/null),True)
.PHONY: $(READY)
endif

# The environment that readers need, and on top of it what tests and linting need.
$(READY): requirements.txt pyproject.toml tools/environment.sh
	@sh tools/environment.sh requirements.txt
	@touch $@

$(TOOLS): $(READY) requirements-dev.txt
	@sh tools/environment.sh requirements-dev.txt
	@touch $@

# what tests need and readers do not; asked before anything is downloaded
.PHONY: git
git:
	@git --version >/dev/null 2>&1 || \
	  { echo "The tests need git. Install it, for example with your package manager."; exit 1; }

.PHONY: keras
keras: $(READY)
	@$(RUN) tools/compiled.py _build/xla
ifeq ($(KERAS_HOME),$(CURDIR)/_build/keras)
	@mkdir -p _build/keras/datasets
	@for file in imdb.npz imdb_word_index.json; do \
	  test -e "_build/keras/datasets/$$file" || ln -sf "$(CURDIR)/../shared/keras/datasets/$$file" _build/keras/datasets/; done
endif
