#!/usr/bin/env node
/**
 * Set-up in one command: whatever a task needs and is not there yet. Needs only some Node >= 20 and npm, imports nothing
 * from node_modules, and costs one look at a stamp when everything is there.
 *
 *   node build/setup.mjs [--with tests|bench] [--quiet] [--again]
 *
 * BALIS_DESK_CACHE     where large downloads are kept (default: the user's cache folder)
 * BALIS_DESK_ELECTRON  auto (default) | official | rehearsal
 * ELECTRON_MIRROR      where the official Electron is fetched from
 */
import { installPackages, packagesStamp } from './setup/packages.mjs'
import { requireProjectNode } from './setup/project-node.mjs'
import { prepareElectron } from './setup/electron.mjs'
import { installDebianPackages } from './setup/debian.mjs'
import { forgetSetup, isSetUp, rememberSetup } from './setup/stamp.mjs'
import { parseOptions, say, stopWith } from './setup/say.mjs'

const options = parseOptions(process.argv.slice(2))

try {
  if (options.again) forgetSetup()
  const wanted = { packages: packagesStamp(), purposes: options.purposes }
  if (!isSetUp(wanted)) {
    installPackages(wanted.packages)
    requireProjectNode()
    const system = installDebianPackages(options.purposes)
    const electron = await prepareElectron()
    rememberSetup({ ...wanted, electron, system })
    say(`ready: ${electron.kind === 'official' ? 'Electron' : 'rehearsal runtime, Electron'} ${electron.version}`)
  }
} catch (error) {
  stopWith(error)
}
