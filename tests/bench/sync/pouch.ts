/** The peer of sync.first.pouch: PouchDB pulling the same rows from express-pouchdb on this machine, both on the disk. */
import { execFile, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheFolder } from '../../../build/setup/places.mjs'

const SOURCE = fileURLToPath(new URL('pouch', import.meta.url))
const FILES = ['package.json', 'serve.mjs', 'pull.mjs']
const BATCH = 500
const run = promisify(execFile)

const cached = () => join(cacheFolder(), 'bench-pouch')

/** The version that is installed, null where it never was. */
export function pouchVersion(): string | null {
  const path = join(cached(), 'node_modules', 'pouchdb', 'package.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version : null
}

/** Installs PouchDB into the cache where it is not yet. @throws Error where no registry answers */
function installed(): string {
  const folder = cached()
  mkdirSync(folder, { recursive: true })
  for (const file of FILES) copyFileSync(join(SOURCE, file), join(folder, file))
  if (!existsSync(join(folder, 'node_modules', 'express-pouchdb')))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'pipe' })
  return folder
}

export interface PouchPeer {
  /** One first replication into an empty folder. @returns rows a second */
  pull(): Promise<number>
  end(): void
}

/** A server that holds these rows. @param bodies the rows as they go over our own wire */
export async function startPouchPeer(dir: string, bodies: readonly string[]): Promise<PouchPeer> {
  const folder = installed()
  const server = fork(join(folder, 'serve.mjs'), [mkdtempSync(join(dir, 'pouch-'))])
  const [url] = (await once(server, 'message')) as [string]
  for (let at = 0; at < bodies.length; at += BATCH) {
    server.send(bodies.slice(at, at + BATCH).map(documentOf))
    await once(server, 'message')
  }
  return {
    async pull() {
      const args = [join(folder, 'pull.mjs'), mkdtempSync(join(dir, 'pouch-')), url]
      const { seconds, rows } = JSON.parse((await run(process.execPath, args)).stdout) as {
        seconds: number
        rows: number
      }
      if (rows !== bodies.length) throw new Error(`PouchDB ended with ${rows} rows`)
      return rows / seconds
    },
    end: () => void server.kill(),
  }
}

function documentOf(body: string): object {
  const { id, ...rest } = JSON.parse(body) as { id: string }
  return { _id: id, ...rest }
}
