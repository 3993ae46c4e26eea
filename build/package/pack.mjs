/** Packs what was staged into a folder that runs by itself, by electron-builder's `dir` target. */
import { createRequire } from 'node:module'
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../setup/places.mjs'
import { nodeForTasks } from '../setup/project-node.mjs'
import { SetupStop } from '../setup/say.mjs'
import { builderConfig } from './builder-config.mjs'
import { stage } from './stage.mjs'

const require = createRequire(import.meta.url)

/**
 * @param {import('../setup/stamp.mjs').ElectronRuntime} runtime
 * @returns {Promise<string>} the folder with the program
 */
export async function pack(runtime) {
  const { desk } = await stage(builderConfig(runtime).productName)
  const { build, Platform } = require('electron-builder')
  const config = builderConfig(runtime, async ({ appOutDir }) => completeFolder(appOutDir, desk, runtime))
  await validate(config)
  rmSync(config.directories.output, { recursive: true, force: true })
  await build({ projectDir: root, config, targets: Platform.current().createTarget('dir'), publish: 'never' })
  return join(config.directories.output, `${process.platform === 'win32' ? 'win' : process.platform}-unpacked`)
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
  const resources = join(folder, 'resources')
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
