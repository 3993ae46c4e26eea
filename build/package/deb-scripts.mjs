/**
 * The small programs inside the .deb: what starts the desk, and what dpkg runs. Written for any POSIX shell. Where dpkg
 * works in another root without entering it (`--force-script-chrootless`), DPKG_ROOT names that root.
 */

/** A version that ended this often without having come up is not tried again by itself. */
const TRIES = 2

/**
 * Starts the desk. A version that has not come up yet for this person is watched: when it fails, the version before it,
 * which the package keeps beside it, is started instead. The desk itself notes that it has begun and that it has come up, and
 * takes the count away when it ends in order (electron/main/start-mark.ts). `--try-again` gives a version that failed a
 * new chance.
 * @param {number} [patience] s after which a program that has not even begun counts as hanging
 */
export const launcher = (name, patience = 60) => `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
version=$(cat "$here/desk-version")
mark="\${XDG_CONFIG_HOME:-$HOME/.config}/${name}/starts/$version"
before="$here-previous"
noted() { cat "$mark" 2>/dev/null || echo 0; }

if [ "$1" = --try-again ]; then
  rm -f "$mark"
  shift
fi
if [ "$(noted)" = ok ] || [ ! -x "$before/${name}" ]; then exec "$here/${name}" "$@"; fi

ended=
tries=$(noted)
tries=\${tries%% *}
while [ "$tries" -lt ${TRIES} ]; do
  tries=$((tries + 1))
  # Without a place to count in, nothing can be judged.
  { mkdir -p "$(dirname "$mark")" && echo "$tries" > "$mark"; } || exec "$here/${name}" "$@"
  "$here/${name}" "$@" &
  desk=$!
  trap 'ended=yes; kill "$desk" 2>/dev/null' INT TERM HUP
  (sleep ${patience}; if [ "$(noted)" = "$tries" ]; then kill -9 "$desk"; fi) >/dev/null 2>&1 &
  watch=$!
  wait "$desk"
  code=$?
  # Told to end: the desk is let finish, and nothing is started any more.
  if [ -n "$ended" ]; then wait "$desk"; fi
  kill "$watch" 2>/dev/null
  if [ -n "$ended" ]; then exit "$code"; fi
  # Came up, or ended in order.
  if [ "$code" -eq 0 ] || [ "$(noted)" = ok ] || [ ! -e "$mark" ]; then exit "$code"; fi
done
trap - INT TERM HUP
echo "${name} $version does not start; $(cat "$before/desk-version") is used" >&2
echo "$version" > "$(dirname "$mark")/gone-back" || true
exec "$before/${name}" "$@"
`

/**
 * The command line of an installed desk. It runs under a Node of its own: in the program itself that is switched off. The
 * rehearsal package brings one; elsewhere it is the system's, or the one that BALIS_DESK_NODE names.
 */
export const commandLine = (name) => `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
fits() { "$1" -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 14) ? 0 : 1)' 2>/dev/null; }
for node in "$here/resources/node/node" "$BALIS_DESK_NODE" node nodejs; do
  if [ -n "$node" ] && fits "$node"; then exec "$node" "$here/resources/desk/out/app/cli.mjs" "$@"; fi
done
echo "${name}-cli needs Node 22.14 or newer; where it is not in the PATH, name it: BALIS_DESK_NODE=/path/to/node" >&2
exit 4
`

/**
 * Before a new version is unpacked: what is installed stays beside it, as links to the same files, to go back to. A
 * version that somebody here gave up, and nobody brought up, does not take the place of the one that works. Where people
 * are not listed (accounts of a directory service) nothing is known of it, and the version in use counts as good.
 */
export const beforeInstall = (name, version) => `#!/bin/sh
set -e
home="\${DPKG_ROOT:-}/opt/${name}"
noted() {
  getent passwd | cut -d: -f6 | sort -u | while read -r person; do
    if grep -qsx "$2" "$person/.config/${name}/starts/$1"; then echo yes; fi
  done | grep -q yes
}
if [ "$1" = upgrade ] && [ -e "$home/desk-version" ]; then
  installed=$(cat "$home/desk-version")
  if [ "$installed" != "${version}" ]; then
    if [ ! -d "$home-previous" ] || noted "$installed" ok || ! noted gone-back "$installed"; then
      rm -rf "$home-previous"
      cp -al "$home" "$home-previous"
    fi
  fi
fi
`

/** Chromium's sandbox needs user namespaces, or this helper owned by root; it is never turned off. */
export const afterInstall = (name) => `#!/bin/sh
set -e
helper="\${DPKG_ROOT:-}/opt/${name}/chrome-sandbox"
if unshare --user true 2>/dev/null; then chmod 0755 "$helper"; else chmod 4755 "$helper"; fi
if [ -z "\${DPKG_ROOT:-}" ]; then
  if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
  if command -v update-desktop-database >/dev/null; then update-desktop-database -q || true; fi
  if command -v udevadm >/dev/null; then udevadm control --reload 2>/dev/null || true; fi
fi
`

/** Data folders are people's own and stay. */
export const afterRemove = (name) => `#!/bin/sh
set -e
case "$1" in remove | purge) rm -rf "\${DPKG_ROOT:-}/opt/${name}-previous" ;; esac
if [ -z "\${DPKG_ROOT:-}" ] && command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
`
