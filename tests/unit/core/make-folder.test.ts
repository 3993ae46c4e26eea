/** Folders that a person named are made, or it is said at once why not. */
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from '../../../electron/core/host/make-folder.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'make-folder-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a folder and those above it are made, closed to others; one that is there stays as it is', () => {
  const path = join(folder, 'a', 'b', 'c')
  makeFolder(path)
  if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
  chmodSync(path, 0o755)
  makeFolder(path)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o755)
})

test('a file in the way is named', () => {
  writeFileSync(join(folder, 'file'), '')
  for (const path of ['file', 'file/below'])
    expect(() => makeFolder(join(folder, path))).toThrow(expect.objectContaining({ code: 'ENOTDIR', path: join(folder, 'file') })) // prettier-ignore
})

// mkdir with `recursive` never comes back from here.
test.runIf(existsSync('/proc/self'))('a place that takes no folders is refused and not asked for ever', () => {
  for (const path of ['/proc/nothing', '/proc/nothing/below'])
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'ENOENT', path: '/proc/nothing' }))
})
