/**
 * The Electron the window runs on: the official one where its release site or ELECTRON_MIRROR answers, else the
 * rehearsal runtime, which an npm registry alone can give. Releases are packaged with the official one only.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { root } from './places.mjs'
import { nodeForTasks } from './project-node.mjs'
import { prepareRehearsalRuntime, rehearsalRuntimeExists } from './rehearsal-runtime.mjs'
import { say, SetupStop } from './say.mjs'

const PROBE_MS = 4000
const home = join(root, 'node_modules', 'electron')
const dist = join(home, 'dist')

/** @returns {Promise<import('./stamp.mjs').ElectronRuntime>} */
export async function prepareElectron() {
  const wish = process.env.BALIS_DESK_ELECTRON ?? 'auto'
  if (wish !== 'rehearsal') {
    const official = (await officialElectron()) ?? undefined
    if (official) return official
  }
  if (wish === 'official' || !rehearsalRuntimeExists())
    throw new SetupStop(
      'The official Electron cannot be fetched from here.',
      'set ELECTRON_MIRROR to a mirror that this network reaches and run the command again',
    )
  return prepareRehearsalRuntime()
}

async function officialElectron() {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const runtime = { kind: 'official', dist, version }
  if (isUnpacked(version)) return runtime
  if (!(await answers(releaseSite(version)))) return null
  say(`Electron ${version}`)
  const windows = process.platform === 'win32'
  const { status } = spawnSync(nodeForTasks(), [join(home, 'install.js')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  })
  return status === 0 && isUnpacked(version) ? runtime : null
}

function isUnpacked(version) {
  const path = join(dist, 'version')
  return existsSync(path) && readFileSync(path, 'utf8').replace(/^v/, '').trim() === version
}

function releaseSite(version) {
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/'
  return new URL(`v${version}/SHASUMS256.txt`, mirror.endsWith('/') ? mirror : `${mirror}/`)
}

async function answers(url) {
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'follow', signal: AbortSignal.timeout(PROBE_MS) })
    return response.ok
  } catch {
    return false
  }
}
