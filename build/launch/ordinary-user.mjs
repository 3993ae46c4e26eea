/**
 * Chromium refuses to run as root with its sandbox on, and we never turn the sandbox off. So where the launcher is root
 * (containers, CI) the window runs as an ordinary user with a home of its own.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, lchownSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isRoot } from '../setup/places.mjs'
import { SetupStop } from '../setup/say.mjs'

/** `nobody`, by number: its group has different names on different systems. */
const UID = 65534
const GID = 65534

/** The ordinary user's home when the launcher is root, else undefined. */
export function ordinaryHome() {
  if (!isRoot) return undefined
  const home = process.env.BALIS_DESK_HOME ?? '/var/lib/balis-desk'
  mkdirSync(home, { recursive: true })
  giveToOrdinaryUser(home)
  return home
}

/** Makes a folder, and all in it, the ordinary user's; nothing to do unless the launcher is root. */
export function giveToOrdinaryUser(folder) {
  if (!isRoot) return
  if (statSync(folder).uid !== UID) chownSync(folder, UID, GID)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveToOrdinaryUser(path)
    else lchownSync(path, UID, GID)
  }
}

/**
 * The command line that runs `command` as the ordinary user.
 * @param {string} command
 * @param {string[]} args
 * @param {string[]} reads folders that the command must be able to read, such as the source tree
 * @returns {[string, string[]]}
 */
export function asOrdinaryUser(command, args, reads) {
  if (!isRoot) return [command, args]
  const drop = ['setpriv', `--reuid=${UID}`, `--regid=${GID}`, '--clear-groups', '--', command, ...args]
  const shut = shutFolders(reads)
  if (shut.size === 0) return [drop[0], drop.slice(1)]
  requireNamespaces([...shut.keys()])
  return ['unshare', ['-m', '--propagation', 'private', 'sh', '-c', openingScript(shut), 'sh', ...drop]]
}

/** Folders closed to others that lie above `reads`, each with what must stay visible below it. */
function shutFolders(reads) {
  const shut = new Map()
  for (const path of reads) {
    let highest
    for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
      if (existsSync(at) && (statSync(at).mode & 0o001) === 0) highest = at
    }
    // A path that is itself shut and not a mere parent is opened by its parent's view.
    if (highest) shut.set(highest, [...(shut.get(highest) ?? []), resolve(path)])
  }
  return shut
}

/**
 * Gives the command a view of the file system of its own, in which each closed folder shows only what it must read, at
 * the same path: a clone inside a `mktemp -d` of root's works without anybody's permissions being changed.
 */
function openingScript(shut) {
  const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`
  const lines = ['set -e', 'stage=$(mktemp -d)', 'mount -t tmpfs -o mode=755 none "$stage"']
  let n = 0
  for (const [folder, paths] of shut) {
    const staged = paths.map((path) => [path, `"$stage/${n++}"`])
    for (const [path, at] of staged) lines.push(`mkdir ${at}`, `mount --bind ${quote(path)} ${at}`)
    lines.push(`mount -t tmpfs -o mode=755 none ${quote(folder)}`)
    for (const [path, at] of staged) lines.push(`mkdir -p ${quote(path)}`, `mount --bind ${at} ${quote(path)}`)
  }
  lines.push(`cd ${quote(process.cwd())} 2>/dev/null || cd /`, 'exec "$@"')
  return lines.join('\n')
}

function requireNamespaces(folders) {
  if (spawnSync('unshare', ['-m', 'true']).status === 0) return
  throw new SetupStop(
    'The window runs as an ordinary user, who cannot read a folder above this one.',
    `chmod o+x ${folders.join(' ')}`,
  )
}

/** Opens a folder made by mkdtemp for reading by the ordinary user. */
export function letOrdinaryUserRead(folder) {
  if (isRoot) chmodSync(folder, 0o755)
}
