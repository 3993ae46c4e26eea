/** Files a person chose or dropped: main knows the path, the page only the id, and each id is good for one import. */
import { DeskError } from '../../contract/errors.ts'

/** Ids kept at most; older ones are forgotten, a person simply chooses again. */
const MOST = 1000

export class GrantedFiles {
  readonly #paths = new Map<string, string>()

  add(file: { id: string; path: string }): void {
    this.#paths.set(file.id, file.path)
    const oldest = this.#paths.keys().next().value
    if (this.#paths.size > MOST && oldest !== undefined) this.#paths.delete(oldest)
  }

  /** @throws DeskError not_found */
  take(ids: readonly string[]): string[] {
    const paths = ids.map((id) => this.#paths.get(id))
    if (paths.some((path) => path === undefined)) throw new DeskError('not_found')
    for (const id of ids) this.#paths.delete(id)
    return paths as string[]
  }
}
