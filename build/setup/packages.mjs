/** npm packages exactly as the lockfile says. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { root } from './places.mjs'
import { installedPackages, rememberPackages } from './stamp.mjs'
import { say, SetupStop } from './say.mjs'

/** What node_modules must agree with: the lockfile and the machine (native parts differ). */
export function packagesStamp() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  return hash.update(`${process.platform} ${process.arch}`).digest('hex').slice(0, 24)
}

export function installPackages(stamp) {
  if (installedPackages() === stamp) return
  if (agreesWithLockfile()) {
    rememberPackages(stamp)
    return
  }
  say('npm ci')
  const windows = process.platform === 'win32'
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  })
  if (status !== 0) throw new SetupStop('npm could not install the packages of the lockfile.', 'npm ci')
  rememberPackages(stamp)
}

/**
 * Whether node_modules already holds the lockfile's versions, as after `npm install NAME` or a person's own `npm ci`:
 * npm leaves a copy of what it installed in node_modules/.package-lock.json.
 */
function agreesWithLockfile() {
  const installedPath = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedPath)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    if (!installed[path]) return entry.optional === true
    return installed[path].version === entry.version
  })
}
