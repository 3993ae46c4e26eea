#!/usr/bin/env node
/**
 * Set-up by itself; every npm script does it first anyway. Needs only some Node >= 20 and npm, imports nothing from
 * node_modules, and costs one look at a stamp when everything is there.
 *
 *   node build/setup.mjs [--with tests|bench] [--quiet] [--again]
 *
 * BALIS_DESK_CACHE     where large downloads are kept (default: the user's cache folder)
 * BALIS_DESK_ELECTRON  auto (default) | official | rehearsal
 * ELECTRON_MIRROR      where the official Electron is fetched from
 */
import { setUp } from './setup/index.mjs'
import { forgetSetup } from './setup/stamp.mjs'
import { beQuiet, stopWith } from './setup/say.mjs'

const purposes = new Set(['run'])

try {
  for (let i = 2; i < process.argv.length; i++) {
    const option = process.argv[i]
    if (option === '--with') purposes.add(process.argv[++i])
    else if (option === '--quiet') beQuiet()
    else if (option === '--again') forgetSetup()
    else throw new Error(`unknown option ${option}`)
  }
  // The benchmarks open the window and drive devices as the tests do.
  if (purposes.has('bench')) purposes.add('tests')
  await setUp([...purposes])
} catch (error) {
  stopWith(error)
}
