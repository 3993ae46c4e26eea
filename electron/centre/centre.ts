/** One running centre: its database, clock, bytes and wake lines. Everything that serves a call takes this. */
import type { Db } from '../../db/driver.ts'
import { CentreClock } from './clock.ts'
import { sweep } from './housekeeping.ts'
import { Blobs } from './http/blobs.ts'
import type { Stamp } from './http/reply.ts'
import { WakeLines } from './http/wake.ts'
import type { MutantSet } from './mutants.ts'
import { epochOf, openStore } from './store/open.ts'

export interface CentreOptions {
  dataDir: string
  mutants: MutantSet
  clock?: CentreClock
  /** Requests pre-allotted to each desk of a library with several; 0 (default): none. */
  allotBlock?: number
}

export class Centre {
  readonly db: Db
  readonly clock: CentreClock
  readonly blobs: Blobs
  readonly wake = new WakeLines()
  readonly mutants: MutantSet
  allotBlock: number
  /** When each device's leases were last looked at. */
  readonly leasesSeen = new Map<string, number>()
  /** Last `seq` each library's feed has shown to anybody; only the mutant of S1 looks at it. */
  readonly served = new Map<string, number>()

  constructor(options: CentreOptions) {
    this.db = openStore(options.dataDir)
    this.clock = options.clock ?? new CentreClock()
    this.mutants = options.mutants
    this.allotBlock = options.allotBlock ?? 0
    this.blobs = new Blobs(this.db, options.dataDir, options.mutants)
  }

  stamp(): Stamp {
    return { serverTime: this.clock.now(), epoch: epochOf(this.db) }
  }

  /** Hints to the desks of every library whose feed moved. */
  tell(moved: Iterable<string>): void {
    for (const library of moved) this.wake.hint(library, this.seqOf(library))
  }

  seqOf(library: string): number {
    return this.db.sql<{ seq: number }>('SELECT seq FROM library WHERE id = ?').get(library)?.seq ?? 0
  }

  /** Everything that only time brings about. */
  async tick(): Promise<void> {
    const now = this.clock.now()
    this.tell(sweep(this.db, now))
    await this.blobs.dropUnfinished(now)
  }

  close(): void {
    this.wake.close()
    this.db.close()
  }
}
