/**
 * The data folder: only its owner may read it, and it lies on a disk of this computer. SQLite's locks and its log do not
 * hold on network shares: two desks would write into each other, so a share is refused, not tried.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
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

const STICKY = 0o1000
const LEFT_BY_A_DESK = ['desk.made', 'desk.db', 'desk.key', 'rehearsal']
/** A root, what lies right below it, below /usr or /var. */
const OF_THE_SYSTEM = /^(\/|[A-Za-z]:\\|\/[^/]+|\/(usr|var|private|dev|proc|sys|run|etc)\/[^/]+)$/

/** A folder that others use too and no desk ever did: closing it would shut them out. */
function belongsToOthers(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isDirectory()) return false
  if ((statSync(path).mode & STICKY) !== 0) return true
  if (!OF_THE_SYSTEM.test(path) && path !== resolve(homedir())) return false
  const names = readdirSync(path)
  return names.length > 0 && !LEFT_BY_A_DESK.some((name) => names.includes(name))
}

/** A place that takes no folder or no file, such as one below a file or in /proc. */
const NO_PLACE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EINVAL', 'ENAMETOOLONG', 'ELOOP', 'ENODEV', 'ENXIO']) // prettier-ignore

/** @throws DeskError data_folder_wrong; what the system said otherwise (read-only, no permission, disk full) */
function makeAndTry(dataDir: string): void {
  const trial = join(dataDir, `desk.trial-${process.pid}`)
  try {
    makeFolder(dataDir)
    writeFileSync(trial, '')
    rmSync(trial)
  } catch (error) {
    if (!NO_PLACE.has((error as NodeJS.ErrnoException).code)) throw error
    throw new DeskError('data_folder_wrong', {}, { cause: error })
  }
}

/** @throws DeskError data_folder_wrong */
export function refuseOthers(folder: string): void {
  if (belongsToOthers(realPath(folder))) throw new DeskError('data_folder_wrong')
}

/**
 * Makes the folder where there is none, and closes it to others.
 * @throws DeskError network_share, roaming_profile, data_folder_wrong; what the system says of a folder it closes to us
 */
export function prepareFolder(dataDir: string, mounts: () => readonly Mount[] = systemMounts): void {
  const path = realPath(dataDir)
  const share = shareOf(path, mounts())
  if (share) throw new DeskError('network_share', { kind: share })
  if (isRoaming(path, process.platform, process.env)) throw new DeskError('roaming_profile')
  refuseOthers(path)
  makeAndTry(dataDir)
  try {
    chmodSync(dataDir, 0o700)
  } catch {
    // A folder that belongs to somebody else, or a disk without permissions: the files in it have their own.
  }
}
