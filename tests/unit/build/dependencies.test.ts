/** What the product is made of: known, pinned, under licences that allow it, and nothing that runs at install time. */
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { notices } from '../../../build/dependencies/notices.mjs'
import { sbom } from '../../../build/dependencies/sbom.mjs'
import { BUNDLED, INSTALL_SCRIPTS, mayShip, readLock, shippedParts } from '../../../build/dependencies/shipped.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const lock = readLock() as Record<string, { integrity?: string; hasInstallScript?: boolean; inBundle?: boolean }>
const parts = shippedParts()

test('no part of the product is under a licence that was not decided for; GPL and AGPL are not', () => {
  expect(parts.length).toBeGreaterThan(60)
  expect(parts.filter((part) => !mayShip(part)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
  for (const licence of ['GPL-3.0', 'AGPL-3.0-only', '(MIT AND GPL-2.0)', 'SEE LICENSE IN x', ''])
    expect(mayShip({ name: 'x', licence })).toBe(false)
  expect(mayShip({ name: 'x', licence: '(GPL-2.0 OR MIT)' })).toBe(true)
  // A library that may be exchanged is one thing, code bundled into ours another.
  expect(mayShip({ name: 'other', licence: 'LGPL-3.0-or-later' })).toBe(false)
})

test('only listed packages have an install script, and none is run', () => {
  const scripts = Object.entries(lock).filter(([, entry]) => entry.hasInstallScript)
  expect(scripts.map(([path]) => path).toSorted()).toEqual(Object.keys(INSTALL_SCRIPTS).toSorted())
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m)
})

test('every package of the lockfile is pinned by its hash', () => {
  // What a package carries inside itself is covered by its own hash.
  const loose = Object.entries(lock).filter(([path, entry]) => path !== '' && !entry.inBundle && !entry.integrity)
  expect(loose.map(([path]) => path)).toEqual([])
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+[\w.-]*$/)
})

const IMPORT = /(?:^import |^(?:import|export) [^'\n]* from |^\} from |\bimport\()'([^'.\n][^'\n]*)'/gm

/** Packages that sources below a folder import by name. */
function importedBelow(folder: string): Set<string> {
  const names = new Set<string>()
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const [, from = ''] of text.matchAll(IMPORT))
      names.add(from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0]!)
  }
  return names
}

test('whatever the product imports is among its parts', () => {
  const known = new Set(parts.map(({ path }) => path.slice(path.lastIndexOf('node_modules/') + 13)))
  const ours = new Set(['electron', ...builtinModules])
  const missing = ['electron', 'db', 'renderer']
    .flatMap((folder) => [...importedBelow(folder)])
    .filter((name) => !name.startsWith('node:') && !ours.has(name) && !known.has(name))
  expect([...new Set(missing)]).toEqual([])
  for (const name of BUNDLED) expect(known).toContain(name)
})

test('the bill of materials names every part with version, licence and hash, and is the same each time', () => {
  const document = sbom()
  expect(document).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
  expect(document.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  const refs = new Set(document.components.map((component) => component['bom-ref']))
  expect(refs.size).toBe(document.components.length)
  for (const { name, licenses, hashes } of document.components) {
    expect(licenses, name).toHaveLength(1)
    expect(hashes[0]?.content, name).toMatch(/^[0-9a-f]{128}$/)
  }
  for (const { dependsOn } of document.dependencies) for (const ref of dependsOn) expect(refs).toContain(ref)
  expect(sbom()).toEqual(document)
})

test('the notices carry the licence of what is installed here', () => {
  const { text } = notices()
  for (const name of ['react ', 'zod ', 'sharp ', '@cantoo/pdf-lib ']) expect(text).toContain(`\n${name}`)
  expect(text).toContain('Permission is hereby granted')
  expect(text).toContain('Apache License')
})
