/**
 * The data folder: only its owner may read it, and it lies on a disk of this computer. SQLite's locks and its log do not
 * hold on network shares: two desks would write into each other, so a share is refused, not tried.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { DeskError } from '../contract/errors.ts'
import { makeFolder } from './host/make-folder.ts'

const SHARES = new Set(
  'nfs nfs4 cifs smb3 smbfs smb2 ncpfs afs afpfs coda webdav davfs fuse.sshfs fuse.davfs2 fuse.rclone fuse.s3fs fuse.gvfsd-fuse gvfsd-fuse ceph fuse.ceph glusterfs fuse.glusterfs lustre gpfs beegfs ocfs2 gfs2'.split(
    ' ',
  ),
)

/** What is mounted where, as the system tells it. */
export interface Mount {
  at: string
  type: string
}

/** `/proc/mounts`; blanks in paths are written `\\040`. */
export function readMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, at, type] = line.split(' ')
    if (!at || !type) return []
    return [{ at: at.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))), type }]
  })
}

/** The output of macOS' `mount`: `//user@server/share on /Volumes/share (smbfs, nodev)`. */
export function readMacMounts(text: string): Mount[] {
  return [...text.matchAll(/^.+ on (.+) \(([a-z0-9]+)[,)]/gm)].map(([, at = '', type = '']) => ({ at, type }))
}

/**
 * The kind of share a folder lies on, null when it is on this computer.
 * @param path absolute and without links
 */
export function shareOf(path: string, mounts: readonly Mount[], windows = process.platform === 'win32'): string | null {
  if (windows) return /^(\\\\\?\\UNC\\|\\\\(?![?.]\\))/.test(path) ? 'unc' : null
  const under = mounts
    .filter(({ at }) => path === at || path.startsWith(at.endsWith('/') ? at : `${at}/`))
    .toSorted((a, b) => a.at.length - b.at.length)
    .at(-1)
  return under && SHARES.has(under.type) ? under.type : null
}

/**
 * Windows copies a roaming profile to a server when somebody signs out and back when they sign in elsewhere: a database
 * would be two, and each lose what the other did.
 */
export function isRoaming(path: string, platform: string, env: NodeJS.ProcessEnv): boolean {
  const roaming = env['APPDATA']
  if (platform !== 'win32' || !roaming) return false
  const [inside, folder] = [path, roaming].map((one) => one.replace(/^\\\\\?\\/, '').replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase()) // prettier-ignore
  return inside === folder || inside!.startsWith(`${folder}\\`)
}

function systemMounts(): Mount[] {
  try {
    if (process.platform === 'linux') return readMounts(readFileSync('/proc/self/mounts', 'utf8'))
    if (process.platform === 'darwin')
      return readMacMounts(execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 3000 }))
  } catch {
    // A system that does not tell is taken as it is.
  }
  return []
}

/** The part of a path that exists, without links: a drive letter of a share becomes the share's own name. */
function realPath(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync.native(full)
  const above = dirname(full)
  return above === full ? full : realPath(above) + sep + full.slice(above.length).replace(/^[\\/]/, '')
}

/**
 * Makes the folder where there is none, and closes it to others.
 * @throws DeskError network_share, roaming_profile, read_only
 */
export function prepareFolder(dataDir: string, mounts: () => readonly Mount[] = systemMounts): void {
  const share = shareOf(realPath(dataDir), mounts())
  if (share) throw new DeskError('network_share', { kind: share })
  if (isRoaming(realPath(dataDir), process.platform, process.env)) throw new DeskError('roaming_profile')
  makeFolder(dataDir)
  try {
    chmodSync(dataDir, 0o700)
  } catch {
    // A folder that belongs to somebody else, or a disk without permissions: the files in it have their own.
  }
}
