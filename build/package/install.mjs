/**
 * The package that was just made, put where a person would have it: by dpkg where this is root in CI, else unpacked into
 * out/package/root, so that nobody's system is changed by a test.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot, root } from '../setup/places.mjs'

const home = join(root, 'out', 'package')
let installed

/** Whether a package can be made and tried here. */
export const canInstall = () =>
  process.platform === 'linux' && process.arch === 'x64' && spawnSync('dpkg-deb', ['--version']).status === 0

/**
 * @returns {string} the path of the installed program
 * @throws when dpkg refuses the package, or it holds no program
 */
export function installPackage() {
  const deb = readdirSync(home).find((name) => name.endsWith('.deb'))
  if (!deb) throw new Error('no package was made')
  const name = deb.split('_')[0]
  const tree = process.env.CI && isRoot ? '/' : join(home, 'root')
  if (tree === '/') {
    run('dpkg', ['--install', join(home, deb)])
    installed = name
  } else {
    rmSync(tree, { recursive: true, force: true })
    mkdirSync(tree)
    run('dpkg-deb', ['--extract', join(home, deb), tree])
  }
  // What the menu entry starts.
  const program = join(tree, 'opt', name, 'start')
  if (!existsSync(program)) throw new Error('the package holds no launcher')
  return program
}

/** Leaves the machine as it was. */
export function removePackage() {
  if (installed) run('dpkg', ['--purge', installed])
  installed = undefined
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${command} ended with ${status}`)
}
