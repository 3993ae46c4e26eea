/** Where set-up finds and keeps things. */
import { homedir, platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the source tree. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export const isRoot = process.getuid?.() === 0

/**
 * The folder for large downloads, outside node_modules so that `npm ci` does not throw them away. For root it is the
 * machine's: the window runs as an ordinary user, who cannot read root's home.
 */
export function cacheFolder() {
  if (process.env.BALIS_DESK_CACHE) return resolve(process.env.BALIS_DESK_CACHE)
  if (platform() === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'balis-desk')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches', 'balis-desk')
  if (isRoot) return '/var/cache/balis-desk'
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'balis-desk')
}

/** The project's own Node, put there by a platform package of the lockfile. */
export function projectNode() {
  const name = platform() === 'win32' ? 'node.cmd' : 'node'
  return join(root, 'node_modules', '.bin', name)
}
