/** What the shell remembers between starts: small, replaceable, in one file beside the database. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Theme } from '../contract/main.contract.ts'

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) })

const ShellState = z.object({
  bounds: Bounds.optional().catch(undefined),
  maximised: z.boolean().catch(false),
  /** The second window: where it was, and whether it comes back with the next start. */
  second: z
    .object({ bounds: Bounds.optional().catch(undefined), maximised: z.boolean().catch(false), open: z.boolean() })
    .catch({ maximised: false, open: false }),
  zoom: z.number().min(0.5).max(3).catch(1),
  /** What the window speaks; undefined until it has said so. */
  language: z.enum(['zh-CN', 'en']).optional().catch(undefined),
  theme: Theme.catch('system'),
  /** True until a real centre was set up. */
  rehearsal: z.boolean().catch(true),
  centrePort: z.int().min(1024).max(65535).optional().catch(undefined),
})
export type ShellState = z.infer<typeof ShellState>

export interface ShellStore {
  get(): ShellState
  set(change: Partial<ShellState>): void
}

export function openShellState(dataDir: string): ShellStore {
  const path = join(dataDir, 'shell.json')
  let state = ShellState.parse(read(path))
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change }
      try {
        writeFileSync(`${path}.new`, JSON.stringify(state, null, 2))
        renameSync(`${path}.new`, path)
      } catch (error) {
        // A full or read-only disk must not take the window down; core tells the person.
        console.error('the window forgets its size', error)
      }
    },
  }
}

function read(path: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
