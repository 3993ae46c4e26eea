/**
 * A desk that works until it is killed: writes numbered notes on a few requests, delivers one document and syncs, in an
 * endless hurry. Started again it goes on where its own database says it stopped. Ends with 0 when everything is sent.
 *
 *   node tests/faults/victim.ts FOLDER CENTRE_URL COUNT LOG REQUESTS
 *
 * REQUESTS are ids with commas between. LOG gets one line after each action that core has acknowledged; whoever kills this process compares it with what arrived.
 */
import { appendFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { DeskError } from '../../electron/contract/errors.ts'
import { openDeskCore } from '../../electron/core/desk-core.ts'

const [folder, centreUrl, count, log, requests] = process.argv.slice(2) as [string, string, string, string, string]
const DOCUMENT_BYTES = 5 * 1024 * 1024

const { core, identity } = openDeskCore({
  dataDir: folder,
  rehearsal: true,
  autoSync: false,
  locale: 'en',
  version: 'test',
  centreUrl,
})
core.settings.set({ holdSeconds: 0 })
/** As a person would: again, until the line lets it through. */
async function insist(body: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      return void (await body())
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
}
if (!identity.enrolled) await insist(() => identity.enrol(centreUrl, 'RUC-DEMO', 'victim'))
if (!identity.me()) await insist(() => identity.signIn('ruc-wang', 'balis-rehearsal'))
while (!(await core.sync.cycle())) await new Promise((resolve) => setTimeout(resolve, 50))

const ids = requests.split(',')
const target = ids[0]!
const done = core.db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM outbox WHERE kind = 'note'`).get()!.n

for (let i = done; i < Number(count); i++) {
  const objectId = ids[i % ids.length]!
  core.act({ objectId, kind: 'note', args: { text: `note ${i}` } })
  appendFileSync(log, `note ${i} on ${objectId}\n`)
  if (i % 5 === 4) await core.sync.cycle()
  if (i === Math.floor(Number(count) / 2)) {
    const delivered = core.db.sql(`SELECT 1 FROM outbox WHERE kind = 'fulfil'`).get()
    if (!delivered) {
      const blob = await core.blobs.put(randomBytes(DOCUMENT_BYTES), 'application/pdf')
      core.act({ objectId: target, kind: 'fulfil', args: { blobs: [blob.sha256], pages: 9, bytes: blob.bytes } })
      appendFileSync(log, `fulfil on ${target}\n`)
    }
  }
}
for (;;) {
  const settled = await core.sync.settle()
  const open = core.db.sql(`SELECT 1 FROM outbox WHERE state NOT IN ('applied','rejected','parked') LIMIT 1`).get()
  if (settled && !open) break
  await new Promise((resolve) => setTimeout(resolve, 50))
}
process.exit(0)
