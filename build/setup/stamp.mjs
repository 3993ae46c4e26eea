/**
 * What set-up remembers. It lies in node_modules: removing that folder forgets everything but the download cache.
 * @typedef {{kind: 'official'|'rehearsal', dist: string, version: string}} ElectronRuntime
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.mjs'

const path = join(root, 'node_modules', '.balis-desk-setup.json')

function read() {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

function write(value) {
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(path, JSON.stringify(value, null, 2))
}

/** True when the last set-up covered these packages and purposes and its Electron is still where it was. */
export function isSetUp(wanted) {
  const last = read()
  return (
    last.packages === wanted.packages &&
    wanted.purposes.every((purpose) => last.system?.includes(purpose)) &&
    Boolean(last.electron) &&
    existsSync(join(last.electron.dist, 'version')) &&
    (process.env.BALIS_DESK_ELECTRON ?? 'auto') === (last.electronWish ?? 'auto')
  )
}

export function rememberSetup({ packages, system, electron }) {
  const known = read().system ?? []
  const electronWish = process.env.BALIS_DESK_ELECTRON ?? 'auto'
  write({ packages, system: [...new Set([...known, ...system])], electron, electronWish })
}

export function forgetSetup() {
  rmSync(path, { force: true })
}

/** The stamp of the packages in node_modules, or undefined. */
export function installedPackages() {
  return read().packages
}

export function rememberPackages(packages) {
  write({ ...read(), packages })
}

/** The Electron chosen by the last set-up. @returns {ElectronRuntime | undefined} */
export function chosenElectron() {
  return read().electron
}
