/**
 * An in-memory core for the renderer's own tests and pictures. It speaks the real contract through the real rpc server,
 * so whatever it gives or takes is parsed by the same schemas; it has no rules of its own beyond moving rows about.
 * It never ships.
 */
import {
  CORE_PROTOCOL,
  coreContract,
  type Action,
  type QueueRow,
  type Settings,
  type StatusLine,
} from '../../../electron/contract/core.contract.ts'
import { DeskError } from '../../../electron/contract/errors.ts'
import { MAIN_PROTOCOL, mainContract } from '../../../electron/contract/main.contract.ts'
import { createRpcServer, type Handlers } from '../../../electron/contract/rpc-server.ts'
import type { PortLike } from '../../../electron/contract/rpc.ts'
import { fakeCustody } from './fake-custody.ts'

export const NOW = Date.parse('2026-11-20T11:40:00+08:00')
const HOUR = 3_600_000
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const sha = 'a'.repeat(64)

type Seed = [
  service: 'copy' | 'loan',
  title: string,
  subtitle: string,
  partner: string,
  hours: number,
  stage: QueueRow['stage'],
  holder: string,
]
const SEEDS: Seed[] = [
  ['copy', '文化苦旅 修订本', '余秋雨 · 2019 · 全书 1/3 以内', '北京化工大学图书馆', -25, 'pulled', '林'],
  ['copy', '可悬停扑翼飞行器研究现状与关键技术', '无人系统技术 2023, 6(2): 12–25', '北京化工大学图书馆', -5, 'scanning', '林'],
  ['loan', '大学英语语法与练习 上', 'H314/219 · 2017 · 总馆三层', '首都师范大学图书馆', -2, 'pulled', ''],
  ['copy', 'More Giving and Less Giving Up: The Role of Self-Signaling in Consumer Choice', 'J. Mark. Res. 2015, 52(4): 477–492', '北京化工大学图书馆', 3.33, 'ready', '王'],
  ['copy', 'An Experimental Investigation of Atomizer RPM on Particle Size Distribution in Spray-Dried Product', '5th Asia-Pacific Drying Conf. 2007', '北京联合大学图书馆', 4, 'queued', ''],
  ['loan', '渐变流', 'O351.2/45 · 1983 · 密集库 B 区', '北京化工大学图书馆', 5.16, 'checked', '王'],
  ['copy', '数字图书馆资源共建共享的激励机制', '图书情报工作 2021, 65(4)', '北京师范大学图书馆', 6, 'queued', ''],
  ['loan', '文献资源建设与共享', 'G253/77 · 2012 · 总馆四层', '中国传媒大学图书馆', 6, 'queued', ''],
  ['copy', '聚乙烯醇缩丁醛薄膜的制备与力学性能', '高分子学报 2018(9): 1201–1210', '北京科技大学图书馆', 28, 'queued', ''],
  ['copy', 'Catalytic hydrogenation of nitroarenes over supported nickel', 'Appl. Catal. A 2016, 523', '华北电力大学图书馆', 30, 'queued', ''],
  ['loan', '化工原理 下册（第 3 版）', 'TQ02/88 · 2020 · 总馆三层', '北京农学院图书馆', 48, 'queued', ''],
  ['copy', '反应精馏过程的多稳态分析', '化工学报 2009, 60(1)', '中国石油大学（北京）图书馆', 49, 'queued', ''],
] // prettier-ignore

function makeRow(n: number): QueueRow {
  const [service, title, subtitle, partnerName, hours, stage, holder] = SEEDS[n % SEEDS.length]!
  const late = n < SEEDS.length ? hours : 50 + n
  const accepted = stage !== 'queued' || n % 3 === 0
  const promiseAt = NOW + late * HOUR
  const can: Action[] = !accepted
    ? ['claim', 'accept', 'note', 'setField', 'cannotSupply', 'retryLater', 'forward']
    : service === 'copy'
      ? ['release', 'unaccept', 'note', 'setField', 'scan', 'printPullSlip', 'cannotSupply', 'retryLater', 'forward', ...(stage === 'ready' ? (['fulfil'] as const) : [])]
      : ['release', 'note', 'setField', 'bindItem', 'printPullSlip', 'printBookSlip', 'pack', 'cannotSupply', 'forward'] // prettier-ignore
  return {
    id: `HG${String(3900 + n).padStart(8, '0')}`,
    centreNo: `zx${String(434_600 + n).padStart(10, '0')}`,
    service,
    role: 'supplier',
    status: accepted ? 'WillSupply' : 'RequestReceived',
    stage,
    urgent: n === 4,
    title: n < SEEDS.length ? title : `${title}（${n}）`,
    subtitle,
    partner: `lib-${n % 7}`,
    partnerName,
    appliedAt: NOW - 49 * HOUR,
    promiseAt,
    urgency: late < 0 ? 'late' : late < 12 ? 'today' : 'safe',
    dueAt: null,
    holder: holder ? { user: 'u', name: `${holder}老师`, desk: 'd1', mine: holder === '林', tentative: false } : null,
    pending: n === 1 ? 'queued' : 'none',
    cancelAsked: false,
    complaint: false,
    chased: false,
    notified: false,
    pageCount: stage === 'ready' ? 16 : stage === 'scanning' ? 13 : 0,
    can,
    promiseCertain: true,
    understood: true,
  }
}

const SETTINGS: Settings = {
  language: 'zh-CN',
  theme: 'light',
  density: 'normal',
  contrast: 'system',
  motion: 'system',
  centreUrl: 'http://127.0.0.1:4010',
  network: { uploadKBps: null, proxy: '', ca: null },
  holdSeconds: 8,
  scan: { scannerId: 'sc1', source: 'feeder_duplex', mode: 'grey', dpi: 300 },
  scanProfiles: [],
  pedalKey: '',
  keepPagesDays: 30,
  scannerAddresses: [],
  houseRanges: [],
  printIntoDesk: { on: true, port: 8631 },
  printerId: 'pr1',
  printerAddresses: [],
  printRoutes: {},
  printExpireHours: 72,
  slipTemplates: {},
  slipLogo: null,
  labelStart: {},
  document: {
    profile: 'clean',
    bilevel: 'jbig2',
    stamp: 'header-footer',
    qr: false,
    cover: true,
    freeText: '',
    budgetBytes: 10_000_000,
    ocr: [],
    pdfa: false,
  },
  receivedPdf: { restricted: 'warn', keepSigned: false },
  stampLayouts: [],
  wedgeMaxGapMs: 50,
  sounds: false,
  lockMinutes: 0,
  offlineSignInDays: 30,
  purgeDays: 90,
  catalogues: [],
  queueColumns: (['title', 'partner', 'due', 'stage', 'holder'] as const).map((id) => ({ id, width: null })),
  queueViews: [],
  introduced: false,
  practice: { now: null, begun: {}, done: [] },
  seenVersion: '0.1.0',
  shortcuts: {},
}

export interface FakeOptions {
  rows?: number
  settings?: Partial<Settings>
  status?: Partial<StatusLine>
  enrolled?: boolean
  signedIn?: boolean
}

/** The handlers, the rows they move, and how often each method was called. */
export function fakeCore(options: FakeOptions = {}) {
  const rows = Array.from({ length: options.rows ?? 128 }, (_, n) => makeRow(n))
  let settings: Settings = { ...SETTINGS, ...options.settings }
  let rev = 1
  const calls: { method: string; input: unknown }[] = []
  const listeners = new Set<(event: unknown) => void>()
  const emit = (topic: string) => listeners.forEach((listener) => listener({ topic, rev: ++rev }))
  const done = { ok: true } as const
  const find = (id: string) => {
    const row = rows.find((one) => one.id === id)
    if (!row) throw new DeskError('not_found', { id })
    return row
  }
  const select = (query: { text: string; filter: Record<string, unknown> }) =>
    rows.filter((row) => {
      const f = query.filter
      const words = query.text.toLowerCase().split(/\s+/).filter(Boolean)
      if (!words.every((word) => `${row.title} ${row.subtitle} ${row.partnerName} ${row.id}`.toLowerCase().includes(word))) return false // prettier-ignore
      if (f['service'] && row.service !== f['service']) return false
      if (f['urgency'] && row.urgency !== f['urgency']) return false
      if (f['urgent'] && !row.urgent) return false
      if (f['mine'] && !row.holder?.mine) return false
      if (f['open'] && row.urgency === 'done') return false
      if (Array.isArray(f['status']) && !f['status'].includes(row.status)) return false
      if (Array.isArray(f['stage']) && !f['stage'].includes(row.stage)) return false
      return true
    })
  const scannerList = [
    { id: 'sc1', name: 'fi-7160', driver: 'escl', state: 'ready' as const, sources: ['flatbed', 'feeder', 'feeder_duplex'] as const, modes: ['lineart', 'grey', 'colour'] as const, dpi: [200, 300, 600] },
  ].map((one) => ({ ...one, sources: [...one.sources], modes: [...one.modes] })) // prettier-ignore
  const printers = [{ id: 'pr1', name: '条码机', driver: 'ipp', state: 'stopped' as const, reasons: ['media-empty'], makeAndModel: 'ZD421', media: [{ name: 'na_index-4x6_4x6in', widthMm: 101.6, heightMm: 152.4, ready: true }], sources: ['main'], dpi: [203], duplex: false, problem: null }] // prettier-ignore
  const pages = Array.from({ length: 13 }, (_, n) => ({
    id: uuid(100 + n), seq: n, previewBlob: 'scan.jpg', thumbBlob: 'scan-small.jpg', originalBlob: 'scan.jpg', width: 2480, height: 3508, dpi: 300,
    rotate: 0 as 0 | 90 | 180 | 270, adjust: { rotate: 0 as 0 | 90 | 180 | 270, angleDeg: 0, crop: null, split: null, even: false }, proposed: null, edited: false, marks: [], slipOf: null, folio: null, kind: 'image' as const, pdfPage: null, source: 'scan', bytes: 900_000,
  })) // prettier-ignore
  const document = {
    blob: 'sample.pdf', sha256: sha, pages: 13, bytesIn: 26_400_000, bytesOut: 1_040_000,
    choices: { bilevel: 11, mixed: 0, grey: 2, colour: 0, kept: 0 }, warnings: [], pageBytes: [], covers: 1, stale: false, madeAt: NOW,
  } // prettier-ignore
  const bag = (n: number, name: string, state: 'open' | 'closed', titles: [string, string][]) => ({
    id: uuid(n), code: `B-RM-1-${n}`, owner: 'RM', destination: `lib-${n % 7}`, destinationName: name, route: '2', state,
    seal: state === 'closed' ? `B2041${n % 10}` : '', weightGrams: state === 'closed' ? 4600 : null, manifestId: null, pending: 'none' as const,
    items: titles.map(([title, barcode], i) => ({ requestId: `HG0000${n}${i}0`, volume: 1, barcode, title, arrived: '' as const })),
  }) // prettier-ignore
  const bags = [
    bag(707, '清华大学图书馆', 'closed', [['渐变流', '00871234'], ['化工热力学（第 4 版）', '00933102'], ['聚合物加工原理', '00871990']]),
    bag(708, '首都师范大学图书馆', 'open', [['大学英语语法与练习 上', '01234566'], ['教育心理学', '00640021']]),
    bag(709, '中国传媒大学图书馆', 'closed', [['文献资源建设与共享', '00772310'], ['纪录片创作', '00772981']]),
    bag(710, '北京农学院图书馆', 'open', [['化工原理 下册', '00933555']]),
  ] // prettier-ignore
  const manifest = {
    id: uuid(900), number: 'M-RM-1-2026-312', run: '周三 11-20 · 线路 2 · 京邮物流', desk: 'd1', state: 'open' as 'open' | 'closed' | 'handed_over',
    bagIds: [] as string[], closedAt: null as number | null, handedOver: null, amendments: [],
    bagCount: 0, itemCount: 0, destinationCount: 0, weightGrams: null as number | null, pending: 'none' as const,
  } // prettier-ignore
  const refused = [
    { opId: uuid(1), kind: 'fulfil' as const, objectId: rows[3]?.id ?? 'x', title: rows[3]?.title ?? '', service: 'copy' as const, state: 'rejected' as const, code: 'cancelled', info: {}, ours: { at: NOW, who: '林老师', offline: true, bytes: 1_100_000, pages: 16 }, blob: null, theirs: { status: 'Cancelled' as const, stage: null, holder: '', mine: false, last: null, at: NOW - 2 * HOUR, gone: null }, next: ['dismiss', 'saveFile'] as ('dismiss' | 'saveFile' | 'takeOver' | 'redo')[] },
    { opId: uuid(2), kind: 'accept' as const, objectId: rows[8]?.id ?? 'y', title: rows[8]?.title ?? '', service: 'copy' as const, state: 'rejected' as const, code: 'already_claimed', info: {}, ours: { at: NOW + 700_000, who: '林老师', offline: true, bytes: 0, pages: 0 }, blob: null, theirs: { status: 'WillSupply' as const, stage: 'scanning' as const, holder: '王老师', mine: false, last: null, at: NOW - HOUR, gone: null }, next: ['dismiss', 'takeOver'] as ('dismiss' | 'saveFile' | 'takeOver' | 'redo')[] },
  ] // prettier-ignore
  const jobs = (['confirmed', 'handed_over', 'failed', 'attention', 'confirmed'] as const).map((state, n) => ({
    id: uuid(300 + n), kind: (['pullSlip', 'bookSlip', 'manifest', 'bagLabel', 'pullSlip'] as const)[n]!, title: rows[n]?.title ?? '', objectIds: [rows[n]?.id ?? 'x'],
    printerId: 'pr1', printerName: '条码机', message: null, sent: sha, unsure: state === 'handed_over', copies: n === 2 ? 2 : 1, copyNo: n === 4 ? 2 : 1, state, reasons: state === 'attention' ? ['media-empty'] : [],
    error: state === 'failed' ? { code: 'printer_offline' as const, params: {} } : null, at: NOW - n * HOUR, blob: 'sample.pdf',
  })) // prettier-ignore

  const played: Partial<Handlers<typeof coreContract>> = {
    'app.hello': () => ({
      protocol: CORE_PROTOCOL,
      version: '0.1.0',
      rehearsal: true,
      desk: options.enrolled === false ? null : { id: 'd1', name: '1 号台', library: { id: 'RM', code: 'RM', name: '中国人民大学图书馆', nameEn: 'Renmin University of China Library' } }, // prettier-ignore
      me: options.signedIn === false ? null : { id: 'lin', name: '林老师', role: 'supervisor' },
      locked: false,
      enrolAgain: false,
      managed: [],
      settings,
    }),
    'status.get': () => ({
      connection: 'online', since: NOW - 2 * HOUR, centreBehind: false, lastSyncAt: Date.now(), syncing: false, firstSync: null,
      waiting: { ops: 0, files: 0, bytes: 0 }, held: 0, refused: refused.length, toDecide: 0, quarantined: 0, clockSkewMs: 0,
      scanner: { name: 'fi-7160', state: 'ready' }, printer: { name: '条码机', state: 'stopped', reasons: ['media-empty'] }, printWaiting: 0, keyStore: 'system', ...options.status,
    }), // prettier-ignore
    'counts.get': () => ({
      all: rows.length,
      mine: 21,
      new: 74,
      urgent: 2,
      loan: 32,
      copy: 96,
      pull: 14,
      scan: 3,
      loanDesk: 9,
      asking: 0,
      courier: 2,
      refused: refused.length,
      tray: 2,
      late: 3,
      today: 5,
    }),
    'settings.get': () => settings,
    'settings.set': (change) => {
      settings = { ...settings, ...change } as Settings
      emit('settings')
      return settings
    },
    'desk.enrol': () => ({ id: 'RM', code: 'RM', name: '中国人民大学图书馆', nameEn: '' }),
    'desk.signIn': ({ password }) => {
      if (password !== '1234') throw new DeskError('wrong_password')
      return { id: 'lin', name: '林老师', role: 'supervisor' }
    },
    'desk.signOut': () => done,
    'desk.staff': () => [
      { id: 'lin', name: '林老师', role: 'supervisor', pin: false },
      { id: 'wang', name: '王老师', role: 'staff', pin: false },
    ],
    'safety.get': () => ({ backup: { last: null, place: null, backups: [] }, lastRestore: null, recoveryKey: 'kept', lastPurge: null, pin: false }), // prettier-ignore
    'asking.drafts': () => [],
    'journal.get': () => ({ notices: [], trainings: [] }),
    'readers.list': () => ({ people: 0, registrations: [] }),
    'holdings.get': () => ({ catalogues: 0, looking: false, result: null }),
    'libraries.list': () => [...new Set(SEEDS.map((seed) => seed[3]))].map((name, n) => ({ id: `lib-${n}`, name, nameEn: '', code: `L${n}`, route: '2' })), // prettier-ignore
    'queue.window': ({ query, offset, limit, by, find: wanted }) => {
      const found = select(query)
      return {
        rev,
        total: found.length,
        rows: found.slice(offset, offset + limit),
        groups: by ? [{ key: 'today', count: Math.max(1, found.length) }] : [],
        at: found.findIndex((row) => row.id === wanted),
      }
    },
    'queue.suggest': () => ({ text: null }),
    'queue.indexOf': ({ query, id }) => ({ index: select(query).findIndex((row) => row.id === id) }),
    'request.get': ({ id }) => {
      const row = find(id)
      const loan = row.service === 'loan'
      return {
        row,
        fields: {
          centreNo: row.centreNo, title: row.title, articleTitle: '', author: loan ? '郭硕鸿' : '', journal: loan ? '' : 'Journal of Marketing Research', publisher: '', edition: loan ? '第 3 版' : '',
          year: '2015', volumeNo: loan ? '上册' : '52', issueNo: loan ? '' : '4', pages: loan ? '' : '477-492', isbn: '', issn: '', callNumber: 'F713.5/J8', location: '总馆三层', notePartner: '',
          partner: row.partner, deliveryMethod: loan ? 'courier' : 'electronic', readerCategory: '博士生', readerKey: '', readerNote: '',
        },
        volumes: loan ? [{ volume: 1, label: '上册', barcode: row.stage === 'checked' ? '00871234' : null, bagId: null, place: 'shelf', condition: 'good' }] : [],
        delivery: null, reason: '', complaintText: null, chased: null, notified: null, pickupCode: null,
        history: [
          { at: NOW - 49 * HOUR, event: 'assigned', desk: '', who: '', text: '', pending: false },
          { at: NOW - 26 * HOUR, event: 'accept', desk: 'd1', who: '林老师', text: '', pending: false },
          { at: NOW - 21 * HOUR, event: 'printed', desk: 'd1', who: '王老师', text: '合订本 2015', pending: false },
          { at: NOW + HOUR, event: 'scanned', desk: 'd1', who: '王老师', text: '16 页', pending: row.pending !== 'none' },
        ],
        document: row.stage === 'ready' ? document : null,
      } // prettier-ignore
    },
    'code.resolve': ({ text }) => {
      const row = rows.find((one) => one.id === text.replace(/^BD1:|:.$/g, ''))
      return row ? { kind: 'request', id: row.id, title: row.title, service: row.service } : { kind: 'unknown', text }
    },
    'op.act': ({ objectId, kind }) => {
      const row = rows.find((one) => one.id === objectId)
      if (row && kind === 'accept')
        Object.assign(row, { status: 'WillSupply', can: row.can.filter((one) => one !== 'accept') })
      if (kind === 'closeManifest')
        Object.assign(manifest, { state: 'closed', bagCount: 2, itemCount: 5, destinationCount: 2 })
      if (kind === 'cannotSupply' && row) rows.splice(rows.indexOf(row), 1)
      for (const topic of ['queue', 'counts', 'courier']) emit(topic)
      const held = ['fulfil', 'cannotSupply', 'forward', 'retryLater'].includes(kind)
      return { opId: uuid(5000 + rev), heldUntil: held ? Date.now() + settings.holdSeconds * 1000 : null }
    },
    'op.actMany': ({ calls: list }) => list.map((call, n) => (n === 1 ? { objectId: call.objectId, opId: null, error: { code: 'action_refused' as const, params: { reason: 'already_claimed' } } } : { objectId: call.objectId, opId: uuid(6000 + n), error: null })), // prettier-ignore
    'op.withdraw': () => done,
    'outbox.list': ({ states }) => (states.includes('applied') ? [] : [{ opId: uuid(77), n: 3, kind: 'fulfil', objectId: rows[1]!.id, service: rows[1]!.service, title: rows[1]!.title, state: 'waiting_blob', at: NOW, who: '林老师', heldUntil: null, bytes: 1_040_000, sentBytes: 420_000 }]), // prettier-ignore
    'refused.list': () => refused,
    'refused.settle': ({ opId }) => {
      refused.splice(refused.findIndex((one) => one.opId === opId), 1) // prettier-ignore
      emit('refused')
      return done
    },
    'refused.export': () => ({ blob: 'e'.repeat(64) }),
    'sync.now': () => done,
    'network.trust': () => ({ name: 'Renmin University CA', until: NOW + 365 * 24 * HOUR }),
    'scanner.list': () => scannerList,
    'scan.start': () => ({ jobId: uuid(8000) }),
    'scan.test': () => ({ blob: 'scan.jpg', width: 2480, height: 3508, dpi: 300, bytes: 700_000 }),
    'pages.list': () => ({
      pages,
      deleted: 1,
      undo: 0,
      completeness: {
        asked: 14,
        present: pages.length,
        verdict: 'missing',
        byFolio: false,
        missing: [],
        double: [],
        misplaced: [],
      },
    }),
    'pages.rotate': ({ pageIds, by }) => {
      for (const page of pages)
        if (pageIds.includes(page.id)) page.rotate = ((page.rotate + by) % 360) as 0 | 90 | 180 | 270
      emit('pages')
      return done
    },
    'pages.delete': ({ pageIds }) => {
      for (const id of pageIds) pages.splice(pages.findIndex((page) => page.id === id), 1) // prettier-ignore
      emit('pages')
      return done
    },
    'pages.restore': () => ({ restored: 1 }),
    'pages.move': ({ pageId, to }) => {
      const [page] = pages.splice(pages.findIndex((one) => one.id === pageId), 1) // prettier-ignore
      if (page) pages.splice(to, 0, page)
      emit('pages')
      return done
    },
    'tray.list': ({ state }) =>
      state === 'deleted'
        ? []
        : ['可悬停扑翼飞行器研究现状.caj', '扫描 2026-11-20'].map((name, n) => ({
            id: uuid(900 + n), name, source: n ? ('folder' as const) : ('print' as const), reason: n ? ('unknown_folder' as const) : ('no_request' as const),
            hint: n ? 'kexi' : '', createdAt: NOW - n * HOUR, pageCount: pages.length, bytes: 900_000, cover: pages[0]!,
          })), // prettier-ignore
    'tray.candidates': ({ text }) => select({ text, filter: { service: 'copy' } }).slice(0, 9),
    'tray.assign': ({ to }) => ({ requestId: to, title: find(to).title, pages: 13 }),
    'tray.split': () => ({ bundleId: uuid(999) }),
    'tray.merge': () => done,
    'tray.delete': () => done,
    'tray.restore': () => done,
    'tray.put': () => ({ bundleId: uuid(999) }),
    'tray.import': () => ({ jobId: uuid(8009) }),
    'intake.get': () => ({ platform: 'linux', printer: { state: 'listening', port: 8631, queue: 'BALIS-Desk', add: 'lpadmin -p BALIS-Desk -E -v ipp://127.0.0.1:8631/ipp/print -m everywhere', remove: 'lpadmin -x BALIS-Desk' }, folders: [{ id: uuid(950), place: '…/扫描/BookEye', how: 'auto', naming: 'folder', otherwise: 'desk', taken: 'remove', state: 'watching', pending: 0, lastRefused: null }], last: null }), // prettier-ignore
    'scanner.certificates': () => [],
    'scanner.trust': () => done,
    'scanner.forget': () => done,
    'intake.addFolder': () => done,
    'intake.setFolder': () => done,
    'intake.removeFolder': () => done,
    'intake.onDesk': () => done,
    'pages.import': () => ({ jobId: uuid(8001) }),
    'document.build': () => ({ jobId: uuid(8002) }),
    'document.get': () => ({ document, options: settings.document }),
    'document.send': () => ({ opId: uuid(8003), heldUntil: Date.now() + 8000 }),
    'job.list': () => [],
    'job.cancel': () => done,
    'job.resume': () => done,
    'pages.adjust': () => done,
    'pages.reset': () => done,
    'pages.split': () => ({ split: 1 }),
    'pages.join': () => done,
    'pages.undo': () => ({ undone: true }),
    'pages.assign': () => done,
    'batch.start': () => ({ batchId: uuid(8100), jobId: uuid(8101) }),
    'batch.list': () => [],
    'printer.list': () => printers,
    'print.preview': () => ({
      blob: 'sample.pdf',
      pages: 1,
      printerId: 'pr1',
      instead: false,
      copies: 1,
      paper: 'a5',
      start: null,
    }),
    'print.submit': () => ({ printJobId: uuid(8004), batch: false }),
    'print.jobs': () => jobs,
    'print.cancel': () => done,
    'print.retry': () => ({ printJobId: uuid(8005) }),
    'print.settle': () => done,
    'print.events': () => [
      { at: NOW - HOUR, state: 'asked', reasons: [], message: null },
      { at: NOW - HOUR + 900, state: 'printing', reasons: [], message: null },
      { at: NOW - HOUR + 4000, state: 'confirmed', reasons: [], message: null },
    ],
    'print.batches': () => [],
    'print.batchControl': () => done,
    'printer.discover': () => [{ name: 'HP LaserJet', address: 'ipp://192.168.1.20:631/ipp/print' }],
    'printer.history': () => [],
    'printer.trust': () => done,
    'printer.login': () => done,
    'slip.fields': () => [
      { id: 'callNumber', zh: '索书号', en: 'Call number' },
      { id: 'location', zh: '馆藏地点', en: 'Location' },
      { id: 'note', zh: '备注', en: 'Note' },
    ],
    'slip.sample': () => ({ blob: 'sample.pdf', pages: 1 }),
    'slip.logo': () => done,
    'slip.export': () => ({ blob: sha }),
    'slip.import': () => ({ kinds: [] }),
    'loan.check': ({ code }) => ({ verdict: code === '01234567' ? 'wrong' : 'bound', expected: '大学英语语法与练习 上 · H314/219 · 2017', found: `${code} 大学英语语法与练习 下`, volume: 1 }), // prettier-ignore
    'courier.board': () => ({ candidates: [{ requestId: 'HG00003905', volume: 1, title: '现代汉语词汇学', barcode: '00640876', partner: 'lib-1', partnerName: '首都师范大学图书馆', callNumber: 'H13/9' }], bags, manifests: [manifest] }), // prettier-ignore
    'courier.openBag': () => ({ bagId: uuid(711), code: 'B-RM-1-711' }),
    'courier.packCode': ({ code }) => {
      if (code === '01234567') throw new DeskError('wrong_item', { title: '大学英语语法与练习 上' })
      return {
        bagId: uuid(707),
        bagCode: 'B-RM-1-707',
        requestId: 'HG00003905',
        volume: 1,
        title: '渐变流',
        destinationName: '清华大学图书馆',
      }
    },
    'courier.openManifest': () => ({ manifestId: manifest.id, number: manifest.number }),
    'courier.handOver': () => ({ opId: uuid(8005), heldUntil: null }),
    ...fakeCustody,
    'courier.return': () => ({
      came: 'back',
      requestId: 'HG00003905',
      volume: 1,
      title: '渐变流',
      complete: true,
      anomaly: false,
    }),
    'doctor.run': () => [{ check: 'database', ok: true, code: 'ok', params: {} }],
  }
  /** What no screen of the preview asks for is not played. */
  const notPlayed = () => {
    throw new DeskError('not_found')
  }
  const handlers = Object.fromEntries(
    Object.keys(coreContract).map((method) => [method, played[method as keyof typeof played] ?? notPlayed]),
  ) as unknown as Handlers<typeof coreContract>
  const server = createRpcServer({ contract: coreContract, protocol: CORE_PROTOCOL, handlers, onUnexpected: (method, error) => console.error(method, error) }) // prettier-ignore
  const port = (): PortLike => {
    let receive: (message: unknown) => void = () => {}
    listeners.add((event) => receive({ protocol: CORE_PROTOCOL, kind: 'event', event }))
    return {
      postMessage(message) {
        const { method, params } = message as { method: string; params: unknown }
        calls.push({ method, input: params })
        void server(message, undefined).then((reply) => receive(reply))
      },
      onMessage: (listener) => (receive = listener),
      onClose: () => {},
      close: () => {},
    }
  }
  return { port, rows, calls, emit }
}

/** Main's few things, answered shortly. */
export function fakeMain(): PortLike {
  const done = { ok: true } as const
  const server = createRpcServer({
    contract: mainContract,
    protocol: MAIN_PROTOCOL,
    onUnexpected: (method, error) => console.error(method, error),
    handlers: {
      'app.info': () => ({ version: '0.1.0', electron: '45.4.1', chromium: '150', platform: 'linux', runtime: 'official' as const, rehearsal: true, locale: 'zh-CN', zoom: 1, second: false, core: 'running' as const, refusal: null, pageLostAt: null }),
      'view.language': () => done,
      'app.relaunch': () => done,
      'app.setRehearsal': () => done,
      'core.restart': () => done,
      'update.install': () => done,
      'core.recover': () => done,
      'files.open': () => ({ files: [] }),
      'files.chooseFolder': () => ({ folder: null }),
    'files.save': () => ({ saved: true }),
      'files.showData': () => done,
      'view.theme': () => done,
      'view.zoom': () => done,
      'view.camera': () => done,
      'window.second': () => done,
      'window.control': () => done,
    },
  }) // prettier-ignore
  let receive: (message: unknown) => void = () => {}
  return {
    postMessage: (message) => void server(message, undefined).then((reply) => receive(reply)),
    onMessage: (listener) => (receive = listener),
    onClose: () => {},
    close: () => {},
  }
}
