/** A .deb as it is made, read back with dpkg's own tools, and put over an older one in a root of our own. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canInstall } from '../../../build/package/install.mjs'
import { debName, makeDeb } from '../../../build/package/deb.mjs'

const NAME = 'balis-desk-trial'
let work: string
let root: string

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'desk-deb-'))
  root = join(work, 'root')
  for (const part of ['updates', 'info']) mkdirSync(join(root, 'var/lib/dpkg', part), { recursive: true })
  writeFileSync(join(root, 'var/lib/dpkg/status'), '')
  mkdirSync(starts(), { recursive: true })
  mkdirSync(join(work, 'tools'))
  const people = `#!/bin/sh\necho 'lin:x:1:1::${join(work, 'lin')}:/bin/sh'\n`
  writeFileSync(join(work, 'tools', 'getent'), people, { mode: 0o755 })
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** What the launcher and the desk note for the one person of this machine. */
const starts = () => join(work, 'lin', '.config', NAME, 'starts')
const note = (mark: string, text: string) => writeFileSync(join(starts(), mark), `${text}\n`)

function make(version: string): string {
  const folder = join(work, `packed-${version}`)
  mkdirSync(folder)
  writeFileSync(join(folder, NAME), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 })
  writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 })
  writeFileSync(join(folder, 'data'), version)
  return makeDeb({ folder, name: NAME, version, packing: 'quick', to: work })
}

function run(command: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', PATH: `${join(work, 'tools')}:${process.env.PATH}` },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** What an administrator's dpkg does, in our own root and with the machine's shell. */
const dpkg = (...args: string[]) =>
  run('dpkg', `--root=${root}`, '--force-not-root,script-chrootless,depends,bad-path', ...args)
const inRoot = (path: string) => join(root, 'opt', path)

it('is named after Debian’s processors; LoongArch is refused by name', () => {
  expect(debName('x', '1.0.0', 'arm64')).toBe('x_1.0.0_arm64.deb')
  expect(() => debName('x', '1.0.0', 'loong64' as never)).toThrow('LoongArch is not supported yet')
})

describe.runIf(canInstall())('the package', () => {
  let first: string
  let second: string
  beforeAll(() => {
    first = make('0.1.0')
    second = make('0.2.0')
  }, 60_000)

  it('says what it needs and recommends, and brings launcher, menu entry, scanner rules and file types', () => {
    expect(run('dpkg-deb', '--field', first, 'Depends')).toMatch(/libc6 \(>= 2\.28\).*libgtk-3-0 \| libgtk-3-0t64/)
    expect(run('dpkg-deb', '--field', first, 'Recommends')).toMatch(
      /libsane1 \| libsane, sane-utils, sane-airscan, cups/,
    )
    const listed = run('dpkg-deb', '--contents', first)
    for (const path of [
      `./opt/${NAME}/start`,
      `./usr/bin/${NAME} -> /opt/${NAME}/start`,
      `./usr/bin/${NAME}-cli -> /opt/${NAME}/desk`,
      `./usr/share/applications/${NAME}.desktop`,
      `./usr/lib/udev/rules.d/66-${NAME}-scanners.rules`,
      `./usr/share/mime/packages/${NAME}.xml`,
      `./usr/share/icons/hicolor/256x256/apps/${NAME}.png`,
    ])
      expect(listed).toContain(path)
    // Everybody may read it, nobody but root may change it.
    expect(listed.split('\n').filter((line) => line && !/^(d|-)rw[x-]r-[x-]r-[x-] root\/root|^l/.test(line))).toEqual(
      [],
    )
    const unpacked = join(work, 'unpacked')
    run('dpkg-deb', '--extract', first, unpacked)
    const entry = readFileSync(join(unpacked, 'usr/share/applications', `${NAME}.desktop`), 'utf8')
    expect(entry).toMatch(new RegExp(`^Exec=/opt/${NAME}/start$`, 'm'))
    expect(entry).toMatch(/^Name\[zh_CN\]=BALIS 馆员工作台$/m)
  })

  it('put over an older one keeps that beside it, as links, and purged leaves nothing', () => {
    dpkg('--install', first)
    expect(existsSync(inRoot(`${NAME}-previous`))).toBe(false)
    const before = statSync(inRoot(`${NAME}/data`)).ino
    dpkg('--install', second)
    expect(readFileSync(inRoot(`${NAME}/data`), 'utf8')).toBe('0.2.0')
    expect(readFileSync(inRoot(`${NAME}-previous/data`), 'utf8')).toBe('0.1.0')
    expect(statSync(inRoot(`${NAME}-previous/data`)).ino).toBe(before)
    expect(run(inRoot(`${NAME}-previous/${NAME}`)).trim()).toBe('0.1.0')
    // Once more the same: the one before stays the one before.
    dpkg('--install', second)
    expect(readFileSync(inRoot(`${NAME}-previous/data`), 'utf8')).toBe('0.1.0')
    // Somebody gave 0.2.0 up, and it came up for nobody: it does not take the place of one that works.
    note('gone-back', '0.2.0')
    dpkg('--install', make('0.3.0'))
    expect(readFileSync(inRoot(`${NAME}-previous/data`), 'utf8')).toBe('0.1.0')
    expect(readFileSync(inRoot(`${NAME}/data`), 'utf8')).toBe('0.3.0')
    // Nothing is known against 0.3.0: it is what one goes back to.
    dpkg('--install', make('0.4.0'))
    expect(readFileSync(inRoot(`${NAME}-previous/data`), 'utf8')).toBe('0.3.0')
    // Given up by one, brought up by another.
    note('gone-back', '0.4.0')
    note('0.4.0', 'ok')
    dpkg('--install', make('0.5.0'))
    expect(readFileSync(inRoot(`${NAME}-previous/data`), 'utf8')).toBe('0.4.0')
    dpkg('--purge', NAME)
    expect([existsSync(inRoot(NAME)), existsSync(inRoot(`${NAME}-previous`))]).toEqual([false, false])
  })
})
