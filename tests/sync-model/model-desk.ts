/** The real desk (views, outbox, engine) on one database; it can die between any two steps and start again. */
import { openDatabase, Db } from '../../db/driver.ts'
import { withoutDisk } from './without-disk.ts'
import { DeskViews } from '../../db/desk-views.ts'
import { migrate } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations/index.ts'
import { addBlob } from '../../db/queries/blobs.ts'
import { getMeta, setMeta } from '../../db/queries/meta.ts'
import { askedOps, sendAnyway, takeOut } from '../../db/queries/review.ts'
import { withdraw, touchesOf, findOp } from '../../db/queries/outbox.ts'
import type { OpKind } from '../../electron/contract/ops.contract.ts'
import { DeskError } from '../../electron/contract/errors.ts'
import { act, parseOperation } from '../../electron/core/desk/act.ts'
import { SyncEngine, type EngineOptions } from '../../electron/core/sync/engine.ts'
import { pageHere } from '../../electron/core/sync/feed-page.ts'
import type { CentreLink } from '../../electron/core/sync/link.ts'
import { hashOf, LIBRARY, type ModelCentre } from './model-centre.ts'
import type { Network } from './network.ts'

export type DeskMutant = 'no-cursor-cas' | 'cursor-apart' | 'no-version-guard'

/** What a dead process would not have done any more. */
export class Died extends Error {}

export class ModelDesk {
  readonly name: string
  readonly db: Db
  views!: DeskViews
  engine!: SyncEngine
  up = false
  holdMs = 0
  /** What the desk believes when something is done at it. */
  online = true
  /** Part of an upload's bytes that arrive before the line breaks; 1 = all. */
  part = 1
  mutant: DeskMutant | null = null
  /** Ids of actions that this desk acknowledged to its person. */
  acknowledged: string[] = []
  /** Pages that were read, to come once more too late. */
  readonly latePages: { page: Parameters<Late['late']>[0]; cursor: string }[] = []
  private generation = 0
  private readonly centre: ModelCentre
  private readonly network: Network

  constructor(name: string, path: string, centre: ModelCentre, network: Network) {
    this.name = name
    this.centre = centre
    this.network = network
    this.db = openDatabase(path, { key: null, cacheMB: 4 })
    withoutDisk(this.db)
    migrate(this.db, MIGRATIONS)
  }

  reset(): void {
    this.kill()
    const tables = this.db
      .sql<{ name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'queue_text%'`,
      )
      .all()
    this.db.pragma('foreign_keys = OFF')
    this.db.write(() => {
      for (const { name } of tables) this.db.sql(`DELETE FROM ${name}`).run()
      this.db.sql(`INSERT INTO queue_text (queue_text) VALUES ('delete-all')`).run()
      setMeta(this.db, 'deskId', this.name)
      setMeta(this.db, 'deskName', this.name)
      setMeta(this.db, 'library', { id: LIBRARY, code: LIBRARY, name: LIBRARY, nameEn: '' })
    })
    this.db.pragma('foreign_keys = ON')
    this.acknowledged = []
    this.latePages.length = 0
    this.holdMs = 0
    this.online = true
    this.part = 1
    this.boot()
  }

  /** The process is gone: what it was doing writes nothing more. */
  kill(): void {
    this.up = false
    this.generation++
    this.network.orphan(this.name)
  }

  boot(): void {
    const mine = ++this.generation
    const db = this.guarded(() => this.generation === mine)
    this.views = new DeskViews(db)
    const options: EngineOptions = {
      db,
      views: this.views,
      link: () => this.link(),
      readBlob: (sha256, offset) => Promise.resolve(bytesOf(sha256).subarray(offset)),
      now: () => this.centre.now,
      steady: () => this.centre.now,
      emit: () => {},
      log: { info: () => {}, warn: () => {}, error: (what) => report(what) },
      nextTurn: () => this.network.send(this.name, 'turn', () => undefined),
      sizes: { page: 3, slice: 2 },
      random: () => 0.5,
    }
    this.engine = new (ENGINES[this.mutant ?? 'none'] ?? Late)(options)
    this.up = true
  }

  /** A database that answers only the process it was opened by; the mutant without a version guard changes its texts. */
  private guarded(alive: () => boolean): Db {
    const unguarded = this.mutant === 'no-version-guard'
    const db = Object.create(this.db) as Db & Record<string, unknown>
    Object.defineProperty(db, 'rollbackListeners', { value: [] })
    db.write = (body) => {
      if (!alive()) throw new Died()
      if (this.shadowed()) this.before = this.outbox()
      return Db.prototype.write.call(db, body) as ReturnType<typeof body>
    }
    db.sql = ((text: string) => {
      if (!alive()) throw new Died()
      return this.db.sql(unguarded ? text.replace('version < ?', '0 < ?') : text)
    }) as Db['sql']
    return db
  }

  act(kind: OpKind, objectId: string, args: object): boolean {
    const actor = () => ({
      library: LIBRARY,
      desk: this.name,
      deskName: this.name,
      user: 'wang',
      userName: '王',
      role: 'staff' as const,
      at: this.centre.now,
    })
    const { blobs } = args as { blobs?: string[] }
    for (const sha256 of blobs ?? []) {
      const bytes = bytesOf(sha256).length
      addBlob(this.db, { sha256, mime: 'application/pdf', bytes }, this.centre.now)
    }
    try {
      const context = {
        db: this.views['db'] as Db,
        views: this.views,
        actor,
        holdMs: () => this.holdMs,
        online: () => this.online,
        steady: () => this.centre.now,
      }
      const { opId } = act(context, parseOperation({ kind, objectId, args }))
      this.acknowledged.push(opId)
      return true
    } catch (error) {
      if (error instanceof DeskError && error.code === 'action_refused') return false
      throw error
    }
  }

  /** Takes back the newest action that can be taken back. */
  takeBack(): void {
    for (const opId of [...this.acknowledged].reverse()) {
      const op = findOp(this.db, opId)!
      const taken = this.db.write(() => {
        if (!withdraw(this.db, opId, this.centre.now)) return false
        this.views.changed(touchesOf(this.db, op.place))
        return true
      })
      if (taken) return
    }
  }

  private before = ''

  private shadowed(): boolean {
    return this.db.sql('SELECT 1 FROM shadow LIMIT 1').get() !== undefined
  }

  /** The whole outbox, to be compared. */
  outbox(): string {
    return JSON.stringify([
      this.db.sql('SELECT * FROM outbox ORDER BY place').all(),
      this.db.sql('SELECT * FROM outbox_after ORDER BY place, prev').all(),
    ])
  }

  /** As it was when the transaction that runs now began. */
  outboxBefore(): string {
    return this.before
  }

  /** A person decides about the first action that would be refused. @returns true when there was one */
  decide(how: number): boolean {
    const [op] = askedOps(this.db)
    if (!op) return false
    this.db.write(() => {
      if (how % 2 === 0) return sendAnyway(this.db, op)
      const out = takeOut(this.db, op, this.centre.now)
      this.views.changed(new Set(out.flatMap((gone) => touchesOf(this.db, gone.place))))
    })
    return true
  }

  cursorSeq(): number {
    const cursor = getMeta(this.db, 'cursor')
    return cursor ? Number(Buffer.from(cursor, 'base64url').toString().split(' ')[1]) : 0
  }

  private link(): CentreLink {
    const { name, centre, network } = this
    return {
      feed: async (cursor, limit) => {
        const page = await network.send(name, 'feed', () => centre.feed(cursor, limit))
        this.latePages.push({ page: pageHere(page), cursor })
        return page
      },
      push: async (call) => {
        for (;;) {
          const reply = await network.send(name, 'push', () => centre.push(call))
          if (reply) return reply
        }
      },
      beginUpload: (_mime, size) => network.send(name, 'begin', () => centre.beginUpload(size)),
      uploadOffset: (url) => network.send(name, 'offset', () => centre.uploadOffset(url)),
      uploadChunk: (url, offset, bytes) =>
        network.send(name, 'chunk', () => centre.chunk(url, offset, bytes, this.part)),
      completeUpload: (url, sha256, size) => network.send(name, 'complete', () => centre.complete(url, sha256, size)),
    }
  }
}

/** Documents of the model by their hash. */
const DOCUMENTS = [0, 1, 2, 3].map((i) => Buffer.from(`document ${i}`))
export const DOCUMENT_HASHES = DOCUMENTS.map(hashOf)
const bytesOf = (sha256: string): Buffer => DOCUMENTS[DOCUMENT_HASHES.indexOf(sha256)]!

/** Errors that are neither the line's nor a dead process's are bugs: they end the history. */
export const unexpected: unknown[] = []
function report(what: object): void {
  const { err } = what as { err?: unknown }
  if (!(err instanceof Died)) unexpected.push(err ?? what)
}

// ---- the engine, and the engine with one rule taken out

type Page = Parameters<SyncEngine['applyPage']>[0]

/** The engine itself, with a way in for a page that comes too late. */
export class Late extends SyncEngine {
  late(page: Page, cursor: string): Promise<boolean> {
    return this.applyPage(page, cursor)
  }
}
class NoCompareAndSet extends Late {
  protected override moveCursor(_sent: string, page: Page): boolean {
    setMeta(this.db, 'cursor', page.next)
    setMeta(this.db, 'epoch', page.epoch)
    return true
  }
}
class CursorApart extends Late {
  protected override async applyPage(page: Page, cursor: string): Promise<boolean> {
    const moved = this.db.write(() => this.moveCursor(cursor, page))
    await this.options.nextTurn!()
    await super.applyPage(page, cursor)
    return moved
  }
}
const ENGINES: Record<string, typeof Late> = {
  'no-cursor-cas': NoCompareAndSet,
  'cursor-apart': CursorApart,
}
