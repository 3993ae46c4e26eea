/** Builds the rows of a hand-typed case, and reads back what the machine made of them. */
import type { BagRow, EntityType, ManifestRow, RequestRow } from '../../../electron/contract/centre.contract.ts'
import { OBJECT_TYPE_OF_KIND, OpArgs, type OpKind } from '../../../electron/contract/ops.contract.ts'
import type { Actor } from '../../../electron/domain/machine/rule.ts'
import { keyOf, World, type Row, type Rows, type RowSource } from '../../../electron/domain/machine/world.ts'
import {
  DAY,
  IDS,
  NOW,
  WHO,
  type GivenBag,
  type GivenManifest,
  type GivenRequest,
  type ObjectName,
  type OperationCase,
  type World as GivenWorld,
} from '../../cases/operations.ts'

export const actorOf = (by: OperationCase['by']): Actor => ({
  library: WHO.library,
  desk: WHO.desk1,
  deskName: '一号台',
  user: by === 'supervisor' ? WHO.supervisor : WHO.staff,
  userName: by === 'supervisor' ? '林' : '王',
  role: by ?? 'staff',
  at: NOW,
})

const days = (n: number | null | undefined) => (n == null ? null : NOW + n * DAY)
const head = (id: string) => ({ id, version: 1, seq: 1 })
const library = { us: WHO.library, partner: WHO.partner, third: WHO.third } as const

function claimOf(claim: GivenRequest['claim']): RequestRow['claim'] {
  if (!claim) return null
  const desk = claim === 'mine' ? WHO.desk1 : WHO.desk2
  const leaseUntil = claim === 'lapsed' ? NOW - 1 : NOW + DAY
  return { desk, deskName: desk, user: WHO.staff, userName: '王', leaseUntil }
}

function request(id: string, given: GivenRequest): RequestRow {
  const loan = given.service === 'loan'
  const volumes = given.volumes ?? (loan ? [{}] : [])
  const blank = { articleTitle: '', author: '', journal: '', publisher: '', edition: '', year: '', volumeNo: '' }
  const more = { issueNo: '', pages: '', isbn: '', issn: '', readerCategory: '', readerKey: '', readerNote: '' }
  return {
    ...head(id),
    type: 'request',
    service: given.service ?? 'copy',
    role: given.role ?? 'supplier',
    status: given.status ?? 'RequestReceived',
    stage: given.stage ?? 'queued',
    claim: claimOf(given.claim),
    allotted: null,
    appliedAt: NOW - DAY,
    urgent: false,
    promiseAt: NOW + DAY,
    dueAt: days(given.dueAt),
    finishedAt: null,
    reason: given.reason ?? '',
    cancelAsked: given.cancelAsked ?? false,
    renewAsked: days(given.renewAsked),
    complaint: given.complaint ?? null,
    chased: given.chased == null ? null : { at: NOW, text: given.chased },
    notified: given.notified == null ? null : { at: NOW, place: given.notified, until: null },
    delivery: null,
    volumes: volumes.map((item, index) => ({
      volume: index + 1,
      label: '',
      barcode: item.barcode ?? null,
      bagId: item.bag ? IDS[item.bag] : null,
      place: item.place ?? 'shelf',
      condition: item.condition ?? 'good',
    })),
    pickupCode: given.pickupCode ?? null,
    pickupUntil: days(given.pickupUntil),
    history: [],
    fields: {
      ...blank,
      ...more,
      centreNo: 'zx0000434894',
      title: '文化苦旅',
      callNumber: given.callNumber ?? '',
      location: given.location ?? '',
      notePartner: given.notePartner ?? '',
      partner: WHO.partner,
      deliveryMethod: given.deliveryMethod ?? (loan ? 'courier' : 'electronic'),
    },
  }
}

function bag(id: string, given: GivenBag): BagRow {
  return {
    ...head(id),
    type: 'bag',
    code: `B-RUC-1-${id.slice(-1)}`,
    owner: library[given.owner ?? 'us'],
    destination: library[given.destination ?? 'partner'],
    route: '北线',
    state: given.state ?? 'open',
    seal: given.seal ?? '',
    weightGrams: null,
    manifestId: given.manifest ? IDS[given.manifest] : null,
    items: (given.items ?? []).map(({ of, ...item }) => ({
      requestId: IDS[of],
      title: '文化苦旅',
      arrived: '' as const,
      ...item,
    })),
  }
}

function manifest(id: string, given: GivenManifest): ManifestRow {
  return {
    ...head(id),
    type: 'manifest',
    number: `M-RUC-1-2026-${id.slice(-1)}`,
    run: '上午',
    desk: WHO.desk1,
    state: given.state ?? 'open',
    bagIds: (given.bags ?? []).map((name) => IDS[name]),
    closedAt: null,
    handedOver: null,
    amendments: [],
  }
}

export function sourceOf(given: GivenWorld): RowSource {
  const rows = new Map<string, Row>()
  const left = new Map<string, string>()
  const add = (row: Row) => rows.set(keyOf(row.type, row.id), row)
  for (const name of ['request', 'request2'] as const) {
    const shape = given[name]
    if (shape?.gone !== undefined) left.set(keyOf('request', IDS[name]), shape.gone)
    else if (shape) add(request(IDS[name], shape))
  }
  for (const name of ['bag', 'bag2'] as const) if (given[name]) add(bag(IDS[name], given[name]))
  for (const name of ['manifest', 'manifest2'] as const) if (given[name]) add(manifest(IDS[name], given[name]))
  const { anomaly, notice, registration } = given
  if (anomaly) {
    const about = { about: IDS.request, event: 'bagArrived', text: '', at: NOW }
    add({
      ...head(IDS.anomaly),
      type: 'anomaly',
      ...about,
      state: anomaly.state ?? 'open',
      person: anomaly.person ?? '',
      history: [],
    })
  }
  if (notice)
    add({
      ...head(IDS.notice),
      type: 'notice',
      kind: 'other',
      title: '',
      text: '',
      at: NOW,
      readAt: notice.read ? NOW : null,
    })
  if (registration) {
    const blank = { category: '', appliedAt: NOW, fields: {} }
    const question = registration.state === 'asked' ? { text: '请补充院系', at: NOW, answer: null } : null
    add({ ...head(IDS.registration), type: 'registration', state: registration.state ?? 'open', question, ...blank })
  }
  if (given.training)
    add({ ...head(IDS.training), type: 'training', date: NOW, kind: '讲座', attendees: 10, staff: [], papers: [] })
  for (const id of [WHO.library, WHO.partner, WHO.third]) {
    const blank = { code: '', name: id, nameEn: '', route: '', address: '', contact: '', transportDays: 2 }
    const pausedUntil = id === WHO.library && given.library?.paused ? NOW + DAY : null
    add({ ...head(id), type: 'library', ...blank, pausedUntil, pauses: [] })
  }
  return {
    get: <T extends EntityType>(type: T, id: string) => rows.get(keyOf(type, id)) as Rows[T] | undefined,
    gone: (type, id) => left.get(keyOf(type, id)),
    *bearers(barcode) {
      for (const row of rows.values())
        if (row.type === 'request')
          for (const item of row.volumes) if (item.barcode === barcode) yield { requestId: row.id, volume: item.volume }
    },
  }
}

export function operationOf(example: OperationCase) {
  const kind: OpKind = example.kind
  const name: ObjectName = example.on ?? OBJECT_TYPE_OF_KIND[kind] ?? 'request'
  return { kind, objectId: IDS[name], args: OpArgs[kind].parse(example.args ?? {}) }
}

/** The named objects of the world, in the shape in which a case writes them. */
export function describe(world: World) {
  const nameOf = (id: string | null) =>
    id === null ? null : (Object.entries(IDS).find(([, value]) => value === id)?.[0] ?? id)
  const libraryName = (id: string) => Object.entries(library).find(([, value]) => value === id)?.[0] ?? id
  const ofRequest = (id: string) => {
    const gone = world.gone('request', id)
    if (gone !== undefined) return { gone }
    const row = world.get('request', id)
    if (!row) return undefined
    const { desk, leaseUntil } = row.claim ?? {}
    return {
      ...row,
      ...row.fields,
      claim: desk === undefined ? null : leaseUntil! <= NOW ? 'lapsed' : desk === WHO.desk1 ? 'mine' : 'other',
      delivered: row.delivery !== null,
      chased: row.chased?.text ?? null,
      notified: row.notified?.place ?? null,
      finished: row.finishedAt !== null,
      dueAt: row.dueAt === null ? null : (row.dueAt - NOW) / DAY,
      renewAsked: row.renewAsked === null ? null : (row.renewAsked - NOW) / DAY,
      volumes: row.volumes.map((item) => ({ ...item, bag: nameOf(item.bagId) })),
    }
  }
  const ofBag = (id: string) => {
    const row = world.get('bag', id)
    if (!row) return undefined
    const items = row.items.map((item) => ({ ...item, of: nameOf(item.requestId) }))
    const whose = { owner: libraryName(row.owner), destination: libraryName(row.destination) }
    return { ...row, ...whose, manifest: nameOf(row.manifestId), items }
  }
  const ofManifest = (id: string) => {
    const row = world.get('manifest', id)
    return row && { ...row, bags: row.bagIds.map(nameOf), handedOver: row.handedOver !== null }
  }
  return {
    request: ofRequest(IDS.request),
    request2: ofRequest(IDS.request2),
    bag: ofBag(IDS.bag),
    bag2: ofBag(IDS.bag2),
    manifest: ofManifest(IDS.manifest),
    manifest2: ofManifest(IDS.manifest2),
    anomalyRow: world.get('anomaly', IDS.anomaly),
    notice: { read: world.get('notice', IDS.notice)?.readAt != null },
    registration: registrationOf(world),
    training: { stands: world.get('training', IDS.training) !== undefined },
    library: { paused: world.get('library', IDS.library)?.pausedUntil != null },
  }
}

function registrationOf(world: World) {
  const row = world.get('registration', IDS.registration)
  return row && { ...row, asked: row.question != null }
}
