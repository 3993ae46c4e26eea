/** What is dropped or pasted: bytes lie in the paste folder under a harmless name, whatever they are called; the page gets an id. */
import fc from 'fast-check'
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GrantedFile } from '../../../electron/contract/host-link.ts'
import { createGrantedFiles } from '../../../electron/main/granted-files.ts'
import { HOSTILE } from '../../support/arbitrary.ts'

let folder: string
let told: GrantedFile[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-paste-'))
  told = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const granted = () => createGrantedFiles((file) => told.push(file), join(folder, 'pasted'))

test('a pasted file of any name lies two folders below the paste folder with its bytes, and nowhere else', async () => {
  const files = granted()
  const name = fc.oneof(
    fc.constantFrom(
      ...HOSTILE,
      '',
      '.',
      '..',
      '....',
      '读'.repeat(200),
      `${'a'.repeat(250)}.png`,
      'C:\\x.png',
      'NUL.png',
    ),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )
  await fc.assert(
    fc.asyncProperty(name, fc.uint8Array({ minLength: 1, maxLength: 50 }), async (name, bytes) => {
      const { files: made, problem } = await files.grantDropped([{ name, bytes }])
      expect(problem).toBeNull()
      expect(made).toHaveLength(1)
      const { path, id } = told.at(-1)!
      expect(made[0]!.id).toBe(id)
      expect(dirname(dirname(path))).toBe(join(folder, 'pasted'))
      expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
      expect(JSON.stringify(made)).not.toContain(folder)
    }),
    { numRuns: 150 },
  )
  expect(readdirSync(folder)).toEqual(['pasted'])
})

test('what is left in the paste folder goes at the next start, also where it leads elsewhere', () => {
  const elsewhere = join(folder, 'elsewhere')
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'kept'), 'x')
  mkdirSync(join(folder, 'pasted'))
  symlinkSync(elsewhere, join(folder, 'pasted', 'link'))
  granted()
  expect(readdirSync(folder)).toEqual(['elsewhere'])
  expect(readdirSync(elsewhere)).toEqual(['kept'])
})

test('a place where nothing can lie keeps the window from nothing: core says what is wrong with it', () => {
  writeFileSync(join(folder, 'file'), 'theirs')
  expect(() => createGrantedFiles(() => {}, join(folder, 'file', 'rehearsal', 'pasted'))).not.toThrow()
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('theirs')
})

test('more bytes than a page has are refused, folders and what is not there are left out', async () => {
  const files = granted()
  const large = { name: 'x.png', bytes: { length: 129 * 1024 * 1024 } as Uint8Array }
  expect(await files.grantDropped([large])).toEqual({ files: [], problem: 'too_large' })
  expect(await files.grantDropped([folder, join(folder, 'none'), '\u0000'])).toEqual({ files: [], problem: null })
  expect(told).toEqual([])
})
