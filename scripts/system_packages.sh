#!/bin/sh
# What `make test` needs from the system: a browser, Chinese fonts, Node, Graphviz. Installs it as root on Debian; else says what to install.
set -eu

packages=''
need() { packages="$packages $1"; }

command -v chromium >/dev/null 2>&1 || need chromium
command -v npm >/dev/null 2>&1 || need npm
command -v dot >/dev/null 2>&1 || need graphviz
command -v fc-list >/dev/null 2>&1 || need fontconfig
has_font() { command -v fc-list >/dev/null 2>&1 && fc-list : family | grep -q "$1"; }
has_font 'Noto Sans CJK SC' || need fonts-noto-cjk
has_font 'AR PL UKai' || need fonts-arphic-ukai
has_font 'WenQuanYi Zen Hei' || need fonts-wqy-zenhei

[ -n "$packages" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "正在安装系统包：$packages"
    if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $packages >/dev/null; then
        exit 0
    fi
fi
echo "测试还需要这些系统包，请先安装：apt-get install$packages" >&2
exit 1
