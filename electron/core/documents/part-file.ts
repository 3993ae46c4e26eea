import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

/** Where a result is written until it is whole: beside it, under a name that no length of the result's own makes too long. */
export function partOf(out: string): string {
  const name = createHash('sha256').update(basename(out)).digest('hex').slice(0, 16)
  return join(dirname(out), `.${name}.part`)
}
