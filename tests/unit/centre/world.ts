/** Builds the small world of an operation case in a real centre database, and reads it back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from '../../../db/driver.ts'
import type { AnomalyRow, BagRow, ManifestRow, RequestRow } from '../../../electron/contract/centre.contract.ts'
import { OBJECT_TYPE_OF_KIND, OpArgs, type Op } from '../../../electron/contract/ops.contract.ts'
import { push } from '../../../electron/centre/ops.ts'
import type { Mutant } from '../../../electron/centre/mutants.ts'
import { requestRow } from '../../../electron/centre/request-row.ts'
import { plant } from '../../../electron/centre/seed/plant.ts'
import { openStore } from '../../../electron/centre/store/open.ts'
import { Workspace, type AnyRow } from '../../../electron/centre/store/rows.ts'
import {
  BLOB,
  DAY,
  IDS,
  NOW,
  WHO,
  type GivenBag,
  type GivenManifest,
  type GivenRequest,
  type ObjectName,
  type OperationCase,
  type World,
} from '../../cases/operations.ts'

const SEEN_VERSION = 5

export class CentreWorld {
  readonly db: Db
  private readonly dir = mkdtempSync(join(tmpdir(), 'centre-'))
  private n = 0

  private constructor() {
    this.db = openStore(this.dir)
  }

  /** A centre with the directory and two desks of 中国人民大学图书馆. */
  static async make(): Promise<CentreWorld> {
    const world = new CentreWorld()
    // These tests are about rules; what a power cut leaves is shown on the real process.
    world.db.pragma('synchronous = OFF')
    await plant(world.db, { rehearsal: false, rows: 0, seed: 1, now: NOW })
    for (const desk of [WHO.desk1, WHO.desk2])
      world.db
        .sql(
          `INSERT INTO device(id, library, desk_name, pruned_through, generation, created_at, seen_at) VALUES (?,?,?,0,0,?,?)`,
        )
        .run(desk, WHO.library, desk, NOW, NOW)
    world.db
      .sql('INSERT INTO blob(library, sha256, size, mime, created_at) VALUES (?,?,1,?,?)')
      .run(WHO.library, BLOB, 'application/pdf', NOW)
    return world
  }

  close(): void {
    this.db.close()
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** Empties what the case before left behind. */
  clear(): void {
    this.db.write(() => {
      this.db.sql(`DELETE FROM entity WHERE type <> 'library'`).run()
      this.db.sql('DELETE FROM bound').run()
      for (const library of [WHO.library, WHO.partner, WHO.third]) {
        const work = new Workspace(this.db)
        const own = work.find(library, 'library', WHO.library)!
        own.row.pausedUntil = null
        work.flush(NOW)
      }
    })
  }

  put(given: World): void {
    this.db.write(() => {
      const work = new Workspace(this.db)
      const put = (row: AnyRow) => work.put(WHO.library, { ...row, version: SEEN_VERSION - 1 })
      for (const name of ['request', 'request2'] as const) {
        const request = given[name]
        if (!request) continue
        const draft = put(requestOf(IDS[name], request)) as ReturnType<typeof work.put<RequestRow>>
        // `put` begins rows at version 0; the case's op has seen SEEN_VERSION.
        draft.row.version = SEEN_VERSION - 1
        if (request.gone !== undefined) draft.gone = request.gone
        if (request.changedSinceSeen)
          draft.meta = { fields: { [request.changedSinceSeen]: { version: SEEN_VERSION + 1, desk: WHO.desk2 } } }
      }
      for (const name of ['bag', 'bag2'] as const) if (given[name]) put(bagOf(IDS[name], given[name]))
      for (const name of ['manifest', 'manifest2'] as const) if (given[name]) put(manifestOf(IDS[name], given[name]))
      const head = { version: 1, seq: 1 }
      if (given.anomaly)
        put({
          ...head,
          type: 'anomaly',
          id: IDS.anomaly,
          about: IDS.request,
          event: 'itemMissing',
          text: '',
          at: NOW,
          state: given.anomaly.state ?? 'open',
          person: given.anomaly.person ?? '',
          history: [],
        })
      if (given.notice)
        put({
          ...head,
          type: 'notice',
          id: IDS.notice,
          kind: 'other',
          title: '通知',
          text: '',
          at: NOW,
          readAt: given.notice.read ? NOW : null,
        })
      if (given.registration)
        put({
          ...head,
          type: 'registration',
          id: IDS.registration,
          state: given.registration.state ?? 'open',
          category: '本科生',
          appliedAt: NOW,
          fields: {},
          question: questionOf(given.registration.state),
        })
      if (given.training)
        put({
          ...head,
          type: 'training',
          id: IDS.training,
          date: NOW,
          kind: '讲座',
          attendees: 10,
          staff: [],
          papers: [],
        })
      if (given.library?.paused) work.find(WHO.library, 'library', WHO.library)!.row.pausedUntil = NOW + DAY
      work.flush(NOW)
    })
  }

  opOf(one: OperationCase): Op {
    const type = OBJECT_TYPE_OF_KIND[one.kind]
    const name: ObjectName = one.on ?? type ?? 'request'
    this.n++
    return {
      opId: crypto.randomUUID(),
      n: this.n,
      objectId: IDS[name],
      touches: [IDS[name]],
      kind: one.kind,
      args: OpArgs[one.kind].parse(one.args ?? {}),
      seen: { version: SEEN_VERSION },
      after: [],
      needsPrev: false,
      blobs: (one.args?.blobs as string[] | undefined) ?? [],
      at: { wall: NOW, monotonicMs: 1, bootId: 'b' },
      actor: { desk: WHO.desk1, user: one.by === 'supervisor' ? WHO.supervisor : WHO.staff },
    }
  }

  push(ops: Op[], options: { mutants?: Mutant[]; ackThrough?: number; device?: string } = {}) {
    const device = options.device ?? WHO.desk1
    return push(
      {
        db: this.db,
        now: NOW,
        library: WHO.library,
        device,
        actorOf: (user) => ({
          library: WHO.library,
          desk: device,
          deskName: device,
          user,
          userName: user,
          role: user === WHO.supervisor ? 'supervisor' : 'staff',
        }),
        mutants: new Set(options.mutants ?? []),
      },
      { deviceId: device, protocol: 1, ackThrough: options.ackThrough ?? 0, ops },
    ).results
  }

  row<T extends AnyRow['type']>(type: T, id: string, library: string = WHO.library) {
    return new Workspace(this.db).find(library, type, id)
  }

  anomalies(library: string = WHO.library): AnomalyRow[] {
    return this.db
      .sql<{ body: string }>(`SELECT body FROM entity WHERE library = ? AND type = 'anomaly'`)
      .all(library)
      .map((row) => JSON.parse(row.body) as AnomalyRow)
  }

  /** Everything a reader of any feed could see: equal before and after means nothing changed. */
  picture(): string {
    return JSON.stringify(this.db.sql('SELECT library, type, id, version, seq, body FROM entity ORDER BY 1,2,3').all())
  }
}

export const questionOf = (state: string | undefined) =>
  state === 'asked' ? { text: '请补充院系', at: NOW, answer: null } : null

const LIBRARY = { us: WHO.library, partner: WHO.partner, third: WHO.third } as const
export const libraryOf = (name: 'us' | 'partner' | 'third') => LIBRARY[name]
const idOf = (name: ObjectName | null | undefined) => (name ? IDS[name] : null)

function claimOf(claim: GivenRequest['claim']): RequestRow['claim'] {
  if (!claim) return null
  const desk = claim === 'mine' ? WHO.desk1 : WHO.desk2
  const leaseUntil = claim === 'lapsed' ? NOW - DAY : NOW + DAY
  return { desk, deskName: desk, user: WHO.staff, userName: WHO.staff, leaseUntil }
}

function requestOf(id: string, given: GivenRequest): RequestRow {
  const service = given.service ?? 'copy'
  const blank = requestRow({
    id,
    service,
    appliedAt: NOW - DAY,
    fields: { centreNo: 'zx0000000001', title: '文化苦旅', partner: WHO.partner },
  })
  const volumes = given.volumes ?? (service === 'loan' ? [{}] : [])
  return {
    ...blank,
    role: given.role ?? 'supplier',
    status: given.status ?? 'RequestReceived',
    stage: given.stage ?? 'queued',
    claim: claimOf(given.claim),
    cancelAsked: given.cancelAsked ?? false,
    complaint: given.complaint ?? null,
    chased: given.chased == null ? null : { at: NOW, text: given.chased },
    notified: given.notified == null ? null : { at: NOW, place: given.notified, until: null },
    renewAsked: given.renewAsked == null ? null : NOW + given.renewAsked * DAY,
    dueAt: given.dueAt == null ? null : NOW + given.dueAt * DAY,
    reason: given.reason ?? '',
    pickupCode: given.pickupCode ?? null,
    pickupUntil: given.pickupUntil == null ? null : NOW + given.pickupUntil * DAY,
    volumes: volumes.map((v, i) => ({
      volume: i + 1,
      label: '',
      barcode: v.barcode ?? null,
      bagId: idOf(v.bag),
      place: v.place ?? 'shelf',
      condition: v.condition ?? 'good',
    })),
    fields: {
      ...blank.fields,
      callNumber: given.callNumber ?? '',
      location: given.location ?? '',
      notePartner: given.notePartner ?? '',
      deliveryMethod: given.deliveryMethod ?? blank.fields.deliveryMethod,
    },
  }
}

function bagOf(id: string, given: GivenBag): BagRow {
  return {
    type: 'bag',
    id,
    version: 1,
    seq: 1,
    code: `B-${id.slice(-2)}`,
    owner: libraryOf(given.owner ?? 'us'),
    destination: libraryOf(given.destination ?? 'partner'),
    route: '',
    state: given.state ?? 'open',
    seal: given.seal ?? '',
    weightGrams: null,
    manifestId: idOf(given.manifest),
    items: (given.items ?? []).map((item) => ({
      requestId: IDS[item.of],
      volume: item.volume,
      barcode: item.barcode,
      title: '文化苦旅',
      arrived: item.arrived ?? '',
    })),
  }
}

function manifestOf(id: string, given: GivenManifest): ManifestRow {
  return {
    type: 'manifest',
    id,
    version: 1,
    seq: 1,
    number: `M-${id.slice(-2)}`,
    run: '',
    desk: WHO.desk1,
    state: given.state ?? 'open',
    bagIds: (given.bags ?? []).map((name) => IDS[name]),
    closedAt: null,
    handedOver: null,
    amendments: [],
  }
}
