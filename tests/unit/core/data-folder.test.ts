/** Where the data folder may lie, and who may look into it. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRoaming, prepareFolder, readMacMounts, readMounts, shareOf } from '../../../electron/core/data-folder.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'data-folder-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const MOUNTS = readMounts(
  [
    '/dev/sda1 / ext4 rw 0 0',
    'server:/home /home nfs4 rw 0 0',
    '//files/lib /mnt/lib\\040share cifs rw 0 0',
    '/dev/sdb1 /home/local ext4 rw 0 0',
    'lin@host:/x /home/lin/sshfs fuse.sshfs rw 0 0',
  ].join('\n'),
)

test.each([
  ['/var/lib/balis', null],
  ['/home/lin/balis', 'nfs4'],
  ['/homework', null],
  ['/home/local/balis', null],
  ['/home/lin/sshfs/balis', 'fuse.sshfs'],
  ['/mnt/lib share/balis', 'cifs'],
])('%s lies on %s', (path, share) => {
  expect(shareOf(path, MOUNTS, false)).toBe(share)
})

test('on Windows a path of a server is a share, also behind a drive letter; a local one is not', () => {
  expect(shareOf('\\\\files\\lib\\balis', [], true)).toBe('unc')
  expect(shareOf('\\\\?\\UNC\\files\\lib', [], true)).toBe('unc')
  expect(shareOf('C:\\Users\\lin\\AppData', [], true)).toBeNull()
  expect(shareOf('\\\\?\\C:\\Users', [], true)).toBeNull()
})

test('what macOS says of its mounts is read', () => {
  const mounts = readMacMounts(
    '/dev/disk1 on / (apfs, local)\n//lin@files/lib on /Volumes/lib (smbfs, nodev, mounted by lin)\n',
  )
  expect(shareOf('/Volumes/lib/balis', mounts, false)).toBe('smbfs')
  expect(shareOf('/Users/lin', mounts, false)).toBeNull()
})

test('a folder on a share is refused, also one that does not exist yet or is reached by a link', () => {
  const share = join(folder, 'share')
  mkdirSync(share)
  symlinkSync(share, join(folder, 'link'))
  const mounts = () => [{ at: share, type: 'nfs' }]
  for (const path of [share, join(share, 'new', 'deeper'), join(folder, 'link', 'data')])
    expect(() => prepareFolder(path, mounts)).toThrow(expect.objectContaining({ code: 'network_share' }))
  prepareFolder(join(folder, 'here'), mounts)
})

test.skipIf(process.platform === 'win32')(
  'only its owner may enter the data folder, also one that was open before',
  () => {
    const path = join(folder, 'data')
    mkdirSync(path)
    chmodSync(path, 0o755)
    prepareFolder(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
  },
)

/** What stands there is not touched: mode and things of a folder that a mistake named. */
test.skipIf(process.platform === 'win32')('a folder of everybody is refused and stays open to them', () => {
  const shared = join(folder, 'tmp')
  mkdirSync(shared)
  chmodSync(shared, 0o1777)
  const places = ['/', '/usr', '/var/lib', shared]
  const modes = () => places.map((path) => statSync(path).mode)
  const before = modes()
  for (const path of places)
    expect(() => prepareFolder(path, () => [])).toThrow(expect.objectContaining({ code: 'data_folder_wrong' }))
  expect(modes()).toEqual(before)
  expect(readdirSync(shared)).toEqual([])
})

test('a place that takes no files is refused, and not asked for ever', () => {
  writeFileSync(join(folder, 'file'), 'theirs')
  const places = [join(folder, 'file'), join(folder, 'file', 'below')]
  if (existsSync('/proc/self')) places.push('/proc', '/proc/self', '/proc/nothing/below')
  for (const path of places)
    expect(() => prepareFolder(path, () => [])).toThrow(expect.objectContaining({ code: 'data_folder_wrong' }))
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('theirs')
})

test.each([
  ['C:\\Users\\lin\\AppData\\Roaming\\BALIS Desk', true],
  ['c:/users/LIN/appdata/roaming', true],
  ['\\\\?\\C:\\Users\\lin\\AppData\\Roaming\\x', true],
  ['C:\\Users\\lin\\AppData\\Roaming2\\BALIS Desk', false],
  ['C:\\Users\\lin\\AppData\\Local\\BALIS Desk', false],
  ['D:\\BALIS', false],
])('%s lies in the roaming profile: %s', (path, roaming) => {
  const env = { APPDATA: 'C:\\Users\\lin\\AppData\\Roaming' }
  expect(isRoaming(path, 'win32', env)).toBe(roaming)
  expect(isRoaming(path, 'linux', env)).toBe(false)
  expect(isRoaming(path, 'win32', {})).toBe(false)
})
