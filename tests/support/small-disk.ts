/** A disk small enough to be filled, where this process may mount one. */
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Lays a file system of its own over an empty folder. @returns false where that may not be done */
export function mountSmallDisk(folder: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const unmount = (folder: string): void => void execFileSync('umount', ['-l', folder])

/**
 * Takes every free byte, as somebody's film would.
 * @param folder on a small disk
 * @returns how to delete it
 */
export function fillDisk(folder: string): () => void {
  const path = join(folder, 'film')
  let written = 0
  for (let size = 1 << 20; size >= 512; size >>= 1)
    try {
      for (;;) {
        writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
        written += size
      }
    } catch {
      // This much does not fit any more; half of it may.
    }
  if (written === 0) throw new Error('the disk was full before')
  return () => rmSync(path)
}
