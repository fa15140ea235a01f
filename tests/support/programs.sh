#!/bin/sh
# What the tests need beside Python: a real browser, and a program that speaks. Found, or installed where
# that may be done without asking.
set -e
missing=""
found() { [ -n "$1" ] && [ -x "$1" ]; }
found "$CHROMIUM" || found /usr/bin/chromium || found "$(command -v chromium || true)" ||
  found "$(command -v chromium-browser || true)" || missing="chromium"
found "$(command -v espeak-ng || true)" || missing="$missing espeak-ng"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # shellcheck disable=SC2086  # a list of names
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
  exit 0
fi
echo "The tests need Chromium and espeak-ng. Install them (on Debian: sudo apt install chromium espeak-ng)," >&2
echo "or say where the browser is: make test CHROMIUM=/path/to/chromium" >&2
exit 1
