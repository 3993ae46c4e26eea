/** Packs what was staged into a folder that runs by itself, by electron-builder's `dir` target. */
import { createRequire } from 'node:module'
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../setup/places.mjs'
import { nodeForTasks } from '../setup/project-node.mjs'
import { SetupStop } from '../setup/say.mjs'
import { builderConfig } from './builder-config.mjs'
import { stage } from './stage.mjs'

const require = createRequire(import.meta.url)

/** What electron-builder makes of a release beside the folder. Its helpers come from release sites. */
const INSTALLERS = { linux: ['AppImage'], win32: ['nsis'], darwin: ['dmg', 'zip'] }

/**
 * @param {import('../setup/stamp.mjs').ElectronRuntime} runtime
 * @param {{version: string, updates?: {feed: string | null, key: string}, installers?: boolean}} release
 *   updates: where this package looks for new versions and whose signature they bear; installers: also those of this system
 * @returns {Promise<string>} the folder with the program
 */
export async function pack(runtime, { version, updates, installers = false }) {
  const { desk } = await stage(builderConfig(runtime).productName, version)
  if (updates) writeFileSync(join(desk, 'updates.json'), JSON.stringify(updates))
  const { build, Platform } = require('electron-builder')
  const config = builderConfig(runtime, async ({ appOutDir }) => completeFolder(appOutDir, desk, runtime))
  await validate(config)
  rmSync(config.directories.output, { recursive: true, force: true })
  const targets = ['dir', ...(installers ? (INSTALLERS[process.platform] ?? []) : [])]
  await build({ projectDir: root, config, targets: Platform.current().createTarget(targets), publish: 'never' })
  return join(config.directories.output, unpackedName())
}

/** How electron-builder names the folder of this system and processor. */
function unpackedName() {
  if (process.platform === 'darwin') return process.arch === 'x64' ? 'mac' : `mac-${process.arch}`
  const system = process.platform === 'win32' ? 'win' : process.platform
  return process.arch === 'x64' ? `${system}-unpacked` : `${system}-${process.arch}-unpacked`
}

/** Where app.asar lies in a packed folder. */
export function resourcesOf(folder) {
  if (process.platform !== 'darwin') return join(folder, 'resources')
  const app = readdirSync(folder).find((name) => name.endsWith('.app'))
  return join(folder, app, 'Contents', 'Resources')
}

/** Throws electron-builder's own words when the configuration is not one. */
export async function validate(config) {
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config')
  const { DebugLogger } = require('builder-util')
  await validateConfiguration(config, new DebugLogger(false))
}

/**
 * A release is packed with the official Electron of the lockfile only.
 * @throws {SetupStop}
 */
export function refuseRehearsalInRelease(runtime) {
  if (runtime.kind !== 'official')
    throw new SetupStop(
      'A release is packed with the official Electron only; here set-up found the rehearsal runtime.',
      'set ELECTRON_MIRROR to a mirror that this network reaches, or leave out --release',
    )
}

function completeFolder(folder, desk, runtime) {
  const resources = resourcesOf(folder)
  // Electron's own default app, which the rehearsal runtime carries.
  rmSync(join(resources, 'app'), { recursive: true, force: true })
  cpSync(desk, join(resources, 'desk'), { recursive: true })
  if (runtime.kind !== 'rehearsal') return
  // The rehearsal runtime cannot load the database; the Node that can goes along.
  const node = realpathSync(platformNode())
  mkdirSync(join(resources, 'node'), { recursive: true })
  cpSync(node, join(resources, 'node', process.platform === 'win32' ? 'node.exe' : 'node'))
  const licence = join(dirname(dirname(node)), 'LICENSE')
  if (existsSync(licence)) cpSync(licence, join(resources, 'node', 'LICENSE'))
}

/** The program itself, where the packages put a link or a script of that name. */
function platformNode() {
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  return existsSync(own) ? own : nodeForTasks()
}
