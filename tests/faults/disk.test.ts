/** A disk that is full, and one that may not be written: what was done stays done, what cannot be done is said, nothing is half. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { writeNew } from '../../electron/core/commands/new-file.ts'
import { openDeskCore } from '../../electron/core/desk-core.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { Stage } from '../support/desk.ts'
import { fillDisk, mountSmallDisk, unmount } from '../support/small-disk.ts'

/** Undefined where this process may not mount one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  if (mountSmallDisk(folder, megabytes)) return folder
  rmSync(folder, { recursive: true })
  return undefined
}
const disk = smallDisk(24)
const canMount = disk !== undefined
function takeAway(folder: string): void {
  unmount(folder)
  rmSync(folder, { recursive: true, force: true })
}
if (disk) takeAway(disk)

const end: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const one of end.splice(0).reverse()) await one()
})

const options = { rehearsal: true, autoSync: false, locale: 'en', version: 'test' }

async function deskOn(folder: string, stage: Stage) {
  const desk = openDeskCore({ ...options, dataDir: folder, centreUrl: stage.centre.url })
  if (!desk.identity.enrolled) await desk.identity.enrol(stage.centre.url, 'RUC-DEMO', 'small')
  if (!desk.identity.me()) await desk.identity.signIn('ruc-wang', 'balis-rehearsal')
  desk.core.settings.set({ holdSeconds: 0 })
  return desk
}

test.skipIf(!canMount)('disk full: a file that a command was to leave is refused, and half of it is not there', () => {
  const folder = smallDisk(1)!
  end.push(() => Promise.resolve(takeAway(folder)))
  fillDisk(folder)
  const path = join(folder, 'support.json')
  expect(() => writeNew(path, 'x'.repeat(10_000))).toThrow(expect.objectContaining({ code: 'disk_full' }))
  expect(existsSync(path)).toBe(false)
})

const needsMount = 'a small file system can be mounted only by root'

test.skipIf(!canMount)(
  `disk full: actions and documents are refused with a reason, a page of the feed waits, nothing is lost (skipped where ${needsMount})`,
  async () => {
    const folder = smallDisk(24)!
    const stage = new Stage()
    end.push(() => stage.end())
    end.push(() => Promise.resolve(takeAway(folder)))
    await stage.startCentre({ rows: 100 })
    const data = join(folder, 'data')
    const desk = await deskOn(data, stage)
    end.push(async () => (await desk.quiet(), desk.close()))
    const { core } = desk
    expect(await core.sync.settle()).toBe(true)
    const { requestId: id } = await stage.lever<{ requestId: string }>('request')
    expect(await core.sync.settle()).toBe(true)
    core.act({ objectId: id, kind: 'note', args: { text: 'before' } })
    await stage.lever('many', { count: 300 })
    const empty = fillDisk(folder)
    let acknowledged = 0
    const act = () => core.act({ objectId: id, kind: 'note', args: { text: `full ${acknowledged}` } })
    expect(() => {
      for (; acknowledged < 400; acknowledged++) act()
    }).toThrow(expect.objectContaining({ code: 'disk_full' }))
    await expect(core.blobs.put(new Uint8Array(3_000_000), 'application/pdf')).rejects.toMatchObject({
      code: 'disk_full',
    })
    // Three hundred rows do not fit: the cycle fails, the desk goes on showing what it has.
    await expect(core.sync.cycle()).rejects.toMatchObject({ code: 'disk_full' })
    expect(core.views.request(id)?.row.status).toBe('RequestReceived')
    expect((await desk.handlers['doctor.run']({})).find(({ check }) => check === 'space')?.ok).toBe(false)
    empty()
    act()
    acknowledged++
    expect(await core.sync.settle()).toBe(true)
    const row = await stage.rowAtCentre<RequestRow>('request', id)
    const texts = row.history.filter(({ event }) => event === 'note').map(({ text }) => text)
    expect(texts).toEqual(['before', ...Array.from({ length: acknowledged }, (_, i) => `full ${i}`)])
    const rows = core.db.sql<{ n: number }>('SELECT COUNT(*) AS n FROM queue_row').get()!.n
    expect(rows).toBeGreaterThan(300)
    expect(core.db.pragma('integrity_check')).toBe('ok')
    expect(checkAudit(core.db)).toBeNull()
  },
  60_000,
)

test('a database that turns read-only under the desk: actions say so, sync waits, and both go on afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
  end.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })))
  const stage = new Stage()
  end.push(() => stage.end())
  await stage.startCentre({ rows: 20 })
  const desk = await deskOn(folder, stage)
  end.push(async () => (await desk.quiet(), desk.close()))
  const { core } = desk
  await core.sync.settle()
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await core.sync.settle()
  const act = (text: string) => core.act({ objectId: id, kind: 'note', args: { text } })
  act('before')
  core.db.pragma('query_only = ON')
  expect(() => act('meanwhile')).toThrow(expect.objectContaining({ code: 'read_only' }))
  await expect(core.sync.cycle()).rejects.toMatchObject({ code: 'read_only' })
  core.db.pragma('query_only = OFF')
  act('after')
  expect(await core.sync.settle()).toBe(true)
  const { history } = await stage.rowAtCentre<RequestRow>('request', id)
  expect(history.filter(({ event }) => event === 'note').map(({ text }) => text)).toEqual(['before', 'after'])
})

test.each(['the folder', 'the database in it'])(
  '%s may not be written: refused with that reason, not half opened',
  async (what) => {
    const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
    end.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })))
    const data = join(folder, 'data')
    mkdirSync(data)
    if (what !== 'the folder') {
      const desk = openDeskCore({ ...options, dataDir: data })
      await desk.quiet()
      desk.close()
    }
    execFileSync('chmod', ['-R', 'a-w,a+rX', folder])
    const program = `
    const { openDeskCore } = await import(${JSON.stringify(new URL('../../electron/core/desk-core.ts', import.meta.url).href)})
    try { openDeskCore({ ...${JSON.stringify(options)}, dataDir: ${JSON.stringify(data)} }); console.log('opened') }
    catch (error) { console.log(error.code) }
    process.exit(0)`
    // Root may write everywhere: the program becomes an ordinary account first.
    const drop = process.getuid?.() === 0 ? `process.setgid(65534); process.setuid(65534);` : ''
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', drop + program], { encoding: 'utf8' })
    expect(said.trim()).toBe('read_only')
  },
)
