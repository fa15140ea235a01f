#!/bin/sh
# A real browser for the tests: found, or installed where that may be done without asking.
set -e
for found in "$CHROMIUM" /usr/bin/chromium "$(command -v chromium || true)" "$(command -v chromium-browser || true)"; do
  if [ -n "$found" ] && [ -x "$found" ]; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  exit 0
fi
echo "The tests need Chromium. Install it (on Debian: sudo apt install chromium)," >&2
echo "or say where it is: make test CHROMIUM=/path/to/chromium" >&2
exit 1
