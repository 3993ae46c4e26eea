/**
 * Core in a process of its own whose clock a test sets: `fork(shifted-desk.ts, [FOLDER, CENTRE_URL, OFFSET_MS])`. Every
 * order `{id, do, with}` is answered `{id, ok}` or `{id, error}`.
 */
import type { OpKind } from '../../electron/contract/ops.contract.ts'

const [folder, centreUrl, offset] = process.argv.slice(2) as [string, string, string]
const machine = Date.now
let shift = Number(offset)
// Before core is loaded: whoever keeps the function keeps this one.
Date.now = () => machine() + shift
const { openDeskCore } = await import('../../electron/core/desk-core.ts')

const options = { dataDir: folder, rehearsal: true, autoSync: false, locale: 'en', version: 'test', centreUrl } as const
const { core, identity, handlers } = openDeskCore(options)
if (!identity.enrolled) {
  await identity.enrol(centreUrl, 'RUC-DEMO', 'shifted')
  await identity.signIn('ruc-wang', 'balis-rehearsal')
}

const ORDERS = {
  clock: (ms: number) => (shift = ms),
  hold: (holdSeconds: number) => core.settings.set({ holdSeconds }),
  act: ([objectId, kind, args]: [string, OpKind, object]) => core.act({ objectId, kind, args: args as never }),
  withdraw: async (opId: string) => handlers['op.withdraw']({ opId }),
  cycle: () => core.sync.cycle(),
  states: () => core.db.sql<{ state: string }>('SELECT state FROM outbox ORDER BY place').all(),
  skewMs: async () => (await handlers['status.get']({})).clockSkewMs,
  first: () =>
    core.views
      .requestIdsAtStage(['queued'])
      .filter((id) => core.views.request(id)?.row.service === 'copy')
      .slice(0, 4),
}
process.on('message', ({ id, do: what, with: given }: { id: number; do: keyof typeof ORDERS; with: never }) => {
  const answer = async () => ORDERS[what](given)
  answer().then(
    (ok: unknown) => process.send!({ id, ok: ok ?? null }),
    (error: unknown) => process.send!({ id, error: String(error) }),
  )
})
process.send!({ ready: true })
