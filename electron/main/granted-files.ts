/** Files the person chose or dropped: the page gets an id, core the path. */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { GrantedFile } from '../contract/host-link.ts'
import type { ChosenFile } from '../contract/main.contract.ts'

export interface GrantedFiles {
  /** Folders and what is not there are left out. */
  grant(paths: readonly string[]): Promise<ChosenFile[]>
  /** @returns null for what is no folder */
  grantFolder(path: string): Promise<{ id: string; name: string } | null>
  /** All that was granted since the app started, for a core that was started again. */
  all(): readonly GrantedFile[]
}

export function createGrantedFiles(tellCore: (file: GrantedFile) => void): GrantedFiles {
  const granted: GrantedFile[] = []
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
    all: () => granted,
  }
}
