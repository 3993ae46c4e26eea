/** The house's own rules of when it works, with its pauses, as the clock every promise is counted by. */
import type { LibraryRow } from '../electron/contract/centre.contract.ts'
import { PUBLISHED_CLOCK, WorkClock } from '../electron/domain/work-clock.ts'
import type { Db } from './driver.ts'
import { getMeta } from './queries/meta.ts'

export class HouseClock {
  private readonly db: Db
  private readonly libraryOf: (id: string) => LibraryRow | undefined
  private wound: { key: string; clock: WorkClock } | undefined

  /** @param libraryOf a library as it is shown, with pauses that are still on their way */
  constructor(db: Db, libraryOf: (id: string) => LibraryRow | undefined) {
    this.db = db
    this.libraryOf = libraryOf
  }

  get now(): WorkClock {
    return (this.wound ??= this.read()).clock
  }

  /** Reads rules and pauses again. @returns whether they differ from what was known */
  windUp(): boolean {
    const before = this.wound?.key
    this.wound = this.read()
    return before !== this.wound.key
  }

  forget(): void {
    this.wound = undefined
  }

  private read(): { key: string; clock: WorkClock } {
    const rules = { ...PUBLISHED_CLOCK, ...getMeta(this.db, 'houseRules')?.clock }
    const own = this.libraryOf(getMeta(this.db, 'library')?.id ?? '')
    return { key: JSON.stringify([rules, own?.pauses ?? []]), clock: new WorkClock(rules, own?.pauses) }
  }
}
