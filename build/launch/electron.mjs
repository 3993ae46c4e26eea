/** How the compiled app is started: the chosen Electron, as an ordinary user, with the project's Node at hand. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chosenElectron } from '../setup/stamp.mjs'
import { nodeForTasks } from '../setup/project-node.mjs'
import { root } from '../setup/places.mjs'
import { asOrdinaryUser, giveToOrdinaryUser, ordinaryHome } from './ordinary-user.mjs'

/**
 * @param {{args?: string[], home?: string, env?: Record<string, string>}} [options] arguments of the app, the home it
 *   runs in (default: the person's, or the ordinary user's when root), additions to its environment
 * @returns {{command: string, args: string[], env: NodeJS.ProcessEnv}} ready for spawn
 */
export function electronCommand({ args = [], home = ordinaryHome(), env = {} } = {}) {
  // Chromium's own complaints (no system bus, no graphics card) say nothing to a person.
  const [command, all] = asOrdinaryUser(electronBinary(), ['--log-level=3', root, ...args], readFolders())
  return { command, args: all, env: electronEnvironment(home, env) }
}

/** The Electron executable that set-up chose. */
export function electronBinary() {
  const { dist } = chosenElectron()
  if (process.platform === 'win32') return join(dist, 'electron.exe')
  if (process.platform === 'darwin') return join(dist, 'Electron.app', 'Contents', 'MacOS', 'Electron')
  return join(dist, 'electron')
}

/** What the running app reads outside its data folder. */
export function readFolders() {
  return [root, chosenElectron().dist]
}

export function electronEnvironment(home, extra = {}) {
  const env = { ...process.env, BALIS_DESK_NODE: nodeForTasks(), ...extra }
  if (home) {
    const runtime = join(home, '.runtime')
    mkdirSync(runtime, { recursive: true, mode: 0o700 })
    giveToOrdinaryUser(runtime)
    // The ordinary user has none of root's session.
    for (const name of Object.keys(env)) if (/^(XDG_|DBUS_)/.test(name)) delete env[name]
    Object.assign(env, { HOME: home, XDG_RUNTIME_DIR: runtime })
  }
  delete env.ELECTRON_RUN_AS_NODE
  delete env.NODE_OPTIONS
  return env
}
