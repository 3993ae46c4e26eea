/** Files the person chose or dropped: the page gets an id, core the path. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { GrantedFile } from '../contract/host-link.ts'
import type { ChosenFile } from '../contract/main.contract.ts'

export interface PastedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface GrantedFiles {
  /** Folders and what is not there are left out. */
  grant(paths: readonly string[]): Promise<ChosenFile[]>
  /** @returns null for what is no folder */
  grantFolder(path: string): Promise<{ id: string; name: string } | null>
  /** Paths, and bytes that lie in no file yet. `problem`: why none of them could be taken. */
  grantDropped(
    dropped: readonly (string | PastedFile)[],
  ): Promise<{ files: ChosenFile[]; problem: 'too_large' | 'disk_full' | null }>
  /** All that was granted since the app started, for a core that was started again. */
  all(): readonly GrantedFile[]
}

/** Pasted bytes taken at once; a picture of a whole page is far smaller. */
const MOST_BYTES = 128 * 1024 * 1024

/** @param pasteDir where pasted bytes lie until the next start */
export function createGrantedFiles(tellCore: (file: GrantedFile) => void, pasteDir: string): GrantedFiles {
  const granted: GrantedFile[] = []
  try {
    rmSync(pasteDir, { recursive: true, force: true })
  } catch (error) {
    // A folder that cannot be used (below a file, somebody else's) is said by core, in a window that must come up for it.
    console.error('what was pasted is not cleared', error)
  }

  async function keep({ name, bytes }: PastedFile): Promise<string> {
    // A folder of its own, so that the file can keep its name: errors name it.
    const folder = join(pasteDir, randomUUID())
    await mkdir(folder, { recursive: true })
    // Its end tells its kind; 60 characters of any script fit into a name of 255 bytes.
    const plain = name.replace(/[\\/:*?"<>|\u0000-\u001f\ud800-\udfff]/g, '_').slice(-60)
    const path = join(folder, plain.replace(/^\.+/, '') || 'pasted')
    await writeFile(path, bytes)
    return path
  }

  return {
    async grant(paths) {
      const facts = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
      const files = paths.flatMap((path, i) => {
        const found = facts[i]
        return found?.isFile()
          ? [{ id: randomUUID(), path, name: basename(path).slice(0, 200), bytes: found.size }]
          : []
      })
      for (const file of files) {
        granted.push(file)
        tellCore(file)
      }
      return files.map(({ id, name, bytes }) => ({ id, name, bytes }))
    },
    async grantFolder(path) {
      if (!(await stat(path).catch(() => undefined))?.isDirectory()) return null
      const folder = { id: randomUUID(), path, name: basename(path).slice(0, 200), bytes: 0 }
      granted.push(folder)
      tellCore(folder)
      return { id: folder.id, name: folder.name }
    },
    async grantDropped(dropped) {
      const pasted = dropped.filter((one): one is PastedFile => typeof one !== 'string')
      if (pasted.reduce((sum, { bytes }) => sum + bytes.length, 0) > MOST_BYTES)
        return { files: [], problem: 'too_large' }
      try {
        const paths = await Promise.all(dropped.map((one) => (typeof one === 'string' ? one : keep(one))))
        return { files: await this.grant(paths), problem: null }
      } catch {
        return { files: [], problem: 'disk_full' }
      }
    },
    all: () => granted,
  }
}
