# Two commands: `make run` (use it) and `make test` (prove it). `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
export BANCHENG_HOME ?= $(CURDIR)/var
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

# A stamp carries the digest of what it was built from: the same locks are never installed twice.
digest = $(shell cat $(1) | cksum | cut -d' ' -f1)
CORE := $(VENV)/.core-$(call digest,requirements/core.lock pyproject.toml)
TOOLS := $(VENV)/.tools-$(call digest,requirements/core.lock requirements/dev.lock)
MODELS := $(VENV)/.models-$(call digest,requirements/core.lock requirements/models.lock requirements/torch.txt)
BROWSER := tests/browser/node_modules/.stamp-$(call digest,tests/browser/package-lock.json)
INSTALL := $(BIN)/python -m pip install -qq --no-deps --require-hashes -r
SUITES := routing facts outcomes journeys consistency redteam situations questions retrieval answers lies prereview

.PHONY: help run setup tools models check test quick-evals bench prove soak screens journeys lock clean

help: ## 这张表
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/'

run: setup ## 装好、建好索引并打开：http://127.0.0.1:8000
	@exec $(BIN)/bancheng serve

setup: $(CORE) ## 与 make run 相同，只是不启动服务
	@$(BIN)/bancheng setup

$(CORE):
	@PYTHON='$(PYTHON)' scripts/make_venv.sh $(VENV)
	@echo '正在安装（一百多个包，约一两分钟）…'
	@$(INSTALL) requirements/core.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.core-* && touch $@

tools: $(TOOLS)
$(TOOLS): $(CORE)
	@echo '正在安装开发工具…'
	@$(INSTALL) requirements/dev.lock
	@rm -f $(VENV)/.tools-* && touch $@

models: $(MODELS) ## 另装向量检索所需（sentence-transformers、torch）
$(MODELS): $(CORE)
	@echo '正在安装 sentence-transformers 与 torch…'
	@$(INSTALL) requirements/models.lock
	@$(BIN)/python -m pip install -qq -r requirements/torch.txt
	@rm -f $(VENV)/.models-* && touch $@

$(BROWSER): tests/browser/package-lock.json
	@echo '正在安装浏览器测试所需…'
	@cd tests/browser && npm ci --silent --no-audit --no-fund --ignore-scripts
	@rm -f tests/browser/node_modules/.stamp-* && touch $@

check: $(TOOLS) ## 代码检查：风格、类型、分层契约
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: ## 证明一切：系统包、检查、测试、快速评测
	@began=$$(date +%s); said() { echo "== $$1（第 $$(( $$(date +%s) - began )) 秒）"; }; set -e; \
	said '系统包'; scripts/system_packages.sh; \
	said '安装'; $(MAKE) --no-print-directory setup tools models $(BROWSER); \
	said '检查'; $(MAKE) --no-print-directory check; \
	said '测试'; $(BIN)/python -m pytest -q --durations=10; \
	said '评测'; $(MAKE) --no-print-directory quick-evals; \
	said '全部通过'

quick-evals: $(CORE)
	@set -e; for suite in $(SUITES); do echo "评测 $$suite"; $(BIN)/bancheng eval $$suite --quick; done

bench: $(CORE) ## 速度：不用模型的完整回答、启动时间、内存
	@$(BIN)/python -m scripts.bench

prove: $(TOOLS) $(MODELS) ## 更长的证明；数字写进 docs/figures.md
	@scripts/system_packages.sh
	@$(BIN)/python -m scripts.prove

soak: $(CORE) ## 耐久：连续提问与预审十分钟，看内存与错误（MINUTES=10）
	@$(BIN)/python -m scripts.soak --minutes $(or $(MINUTES),10)

screens: $(TOOLS) ## 重新拍 docs/screens/ 里的截图
	@scripts/system_packages.sh
	@$(BIN)/python scripts/screens.py

journeys: $(CORE) ## 重新走一遍对话，写进 docs/journeys/
	@$(BIN)/python -m scripts.journeys

lock: ## 重新解算 requirements/*.lock（只在改了 *.in 之后）
	@PYTHON='$(PYTHON)' scripts/lock.sh

clean: ## 删掉环境与缓存；var/ 里的数据留着
	rm -rf $(VENV) *.egg-info tests/browser/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
