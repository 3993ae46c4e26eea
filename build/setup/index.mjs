/** Set-up as a function: does what is missing for the purposes, remembers it, and returns at once the next time. */
import { installPackages, packagesStamp } from './packages.mjs'
import { requireProjectNode } from './project-node.mjs'
import { prepareElectron } from './electron.mjs'
import { installDebianPackages } from './debian.mjs'
import { isSetUp, rememberSetup } from './stamp.mjs'
import { say } from './say.mjs'

/** @param {string[]} purposes of `run`, `tests`, `bench` */
export async function setUp(purposes) {
  const wanted = { packages: packagesStamp(), purposes }
  if (isSetUp(wanted)) return
  installPackages(wanted.packages)
  requireProjectNode()
  const system = installDebianPackages(purposes)
  const electron = await prepareElectron()
  rememberSetup({ ...wanted, electron, system })
  say(`ready: ${electron.kind === 'official' ? 'Electron' : 'rehearsal runtime, Electron'} ${electron.version}`)
}
