/** Real packages of three versions, a server that offers them, and a machine of our own that they are installed on. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { builderConfig } from '../../build/package/builder-config.mjs'
import { makeDeb } from '../../build/package/deb.mjs'
import { makeKeyPair, publicKeyText, writeFeed } from '../../build/package/feed.mjs'
import { pack } from '../../build/package/pack.mjs'
import { chosenElectron } from '../../build/setup/stamp.mjs'
import { giveToOrdinaryUser } from '../../build/launch/ordinary-user.mjs'

const runtime = chosenElectron()!
export const NAME = (builderConfig(runtime) as { linux: { executableName: string } }).linux.executableName

export interface Feed {
  readonly url: string
  readonly folder: string
  /** Packs a version; `broken`: its core ends as soon as it is started. @returns the .deb */
  make(version: string, options?: { broken?: boolean }): Promise<string>
  publish(deb: string, version: string): void
  close(): Promise<void>
}

/** @param work an empty folder */
export async function startFeed(work: string): Promise<Feed> {
  const folder = join(work, 'feed')
  mkdirSync(folder)
  const [privateKey, publicKey] = makeKeyPair(join(work, 'keys')) as [string, string]
  const server = createServer((request, response) => {
    try {
      response.end(readFileSync(join(folder, request.url!.replace(/[^A-Za-z0-9._-]/g, ''))))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`
  return {
    url,
    folder,
    async make(version, { broken = false } = {}) {
      const packed = await pack(runtime, { version, updates: { feed: url, key: publicKeyText(publicKey) } })
      if (broken) writeFileSync(join(packed, 'resources', 'desk', 'out', 'app', 'core.mjs'), 'process.exit(1)\n')
      return makeDeb({ folder: packed, name: NAME, version, packing: 'none', to: work })
    },
    publish: (deb, version) => void writeFeed({ to: folder, files: [deb], version, percent: 100, privateKey }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

export interface Machine {
  /** The launcher of the installed desk. */
  readonly program: string
  /** To be put before PATH: a pkexec that asks nobody and installs here. */
  readonly tools: string
  /** As an administrator would. */
  install(deb: string): void
}

/** A root of our own, which belongs to the ordinary user that the desk runs as. */
export function makeMachine(work: string): Machine {
  const root = join(work, 'root')
  const tools = join(work, 'tools')
  for (const part of ['updates', 'info']) mkdirSync(join(root, 'var/lib/dpkg', part), { recursive: true })
  writeFileSync(join(root, 'var/lib/dpkg/status'), '')
  mkdirSync(tools)
  const dpkg = `exec dpkg --root='${root}' --force-not-root,script-chrootless,depends,bad-path "$@"`
  const pkexec = join(tools, 'pkexec')
  writeFileSync(pkexec, `#!/bin/sh\n[ "$1" = /usr/bin/dpkg ] || exit 127\nshift\n${dpkg}\n`)
  chmodSync(pkexec, 0o755)
  return {
    program: join(root, 'opt', NAME, 'start'),
    tools,
    install(deb) {
      const { status, stderr } = spawnSync(pkexec, ['/usr/bin/dpkg', '--install', deb], { encoding: 'utf8' })
      if (status !== 0) throw new Error(`dpkg ended with ${status}: ${stderr}`)
      giveToOrdinaryUser(root)
    },
  }
}
