/** The desk's own rules of printing: what waits too long is given up, and templates travel as a file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PrintJobView, SlipTemplate } from '../../electron/contract/core.contract.ts'
import { until } from '../devices/programs.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const HOUR = 3_600_000
/** Nobody listens there. */
const AWAY = 'ipp://127.0.0.1:9/ipp/print'
const FILE_ID = '00000000-0000-4000-8000-000000000001'

let stage: Stage
let desk: TestDesk
beforeEach(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 20 })
  desk = await stage.desk('printing')
  expect(await desk.core.sync.settle()).toBe(true)
})
afterEach(() => stage.end())

const jobs = () => desk.handlers['print.jobs']({ limit: 100 }) as PrintJobView[]
const job = (id: string) => jobs().find((one) => one.id === id)!

async function slipFor(nth: number): Promise<string> {
  const query = { text: '', filter: {}, sort: 'applied', descending: false } as const
  const { rows } = await desk.handlers['queue.window']({ query, offset: nth, limit: 1 })
  const order = { kind: 'pullSlip' as const, objectIds: [rows[0]!.id], printerId: AWAY, copies: null, start: null }
  return (await desk.handlers['print.submit'](order)).printJobId
}

describe('a job whose printer is away', () => {
  beforeEach(async () => {
    desk.core.settings.set({ printerAddresses: [AWAY], printerId: AWAY, printExpireHours: 2 })
    await desk.handlers['printer.list']({ refresh: true })
  })
  const waits = (id: string) => until('the job to wait', () => job(id).state === 'waiting' && job(id).error !== null)

  it('is given up after the hours set and named as expired; a younger one goes on waiting, also after a restart', async () => {
    const old = await slipFor(0)
    const young = await slipFor(1)
    await waits(old)
    await waits(young)
    const before = (id: string, hours: number) =>
      desk.core.db.sql('UPDATE print_job SET at = at - ? WHERE id = ?').run(hours * HOUR, id)
    before(old, 3)
    before(young, 1)
    desk = await desk.restart()
    desk.running.start()
    await until('the old job to be given up', () => job(old).state === 'cancelled')
    expect(job(old).reasons).toEqual(['expired'])
    await waits(young)
    const { printWaiting } = await desk.handlers['status.get']({})
    expect(printWaiting).toBe(1)
  })
})

describe('templates', () => {
  const own: SlipTemplate = { fields: null, size: 1.1, language: 'en', logo: true, footer: '周一闭馆' }
  const give = (text: string) => {
    const path = join(stage.folder, 'templates.json')
    writeFileSync(path, text)
    desk.running.takeFile({ id: FILE_ID, path, name: 'templates.json', bytes: text.length })
    return desk.handlers['slip.import']({ fileId: FILE_ID })
  }

  it('go out as a file and come in at another desk as they were', async () => {
    desk.core.settings.set({ slipTemplates: { pullSlip: own } })
    const { blob } = await desk.handlers['slip.export']({})
    const text = readFileSync(desk.core.blobs.path(blob), 'utf8')
    desk.core.settings.set({ slipTemplates: {} })
    expect(await give(text)).toEqual({ kinds: ['pullSlip'] })
    expect(desk.core.settings.get().slipTemplates).toEqual({ pullSlip: own })
  })

  it.each([
    ['no JSON', '{'],
    ['a file of something else', '{"format":"x","version":1,"templates":{}}'],
    [
      'a type of a thousand points',
      JSON.stringify({ format: 'balis-desk-slips', version: 1, templates: { pullSlip: { ...own, size: 1000 } } }),
    ],
  ])('%s is refused by name, and what was there stays', async (_what, text) => {
    desk.core.settings.set({ slipTemplates: { bookSlip: own } })
    await expect(give(text)).rejects.toMatchObject({ code: 'damaged_file' })
    expect(desk.core.settings.get().slipTemplates).toEqual({ bookSlip: own })
  })
})

describe('the library’s mark', () => {
  const sample = async (logo: boolean) => {
    const template: SlipTemplate = { fields: null, size: 1, language: 'desk', logo, footer: '' }
    return (await desk.handlers['slip.sample']({ kind: 'pullSlip', template, paper: 'a4' })).blob
  }
  const grey = (value: number) => Buffer.alloc(16 * 16, value).toString('base64')

  it('stands on slips whose template asks for it, and on no others', async () => {
    const bare = await sample(false)
    await desk.handlers['slip.logo']({ logo: { width: 16, height: 16, grey: grey(0) } })
    const marked = await sample(true)
    expect(marked).not.toBe(bare)
    expect(await sample(false)).toBe(bare)
    await desk.handlers['slip.logo']({ logo: null })
    expect(await sample(true)).toBe(bare)
  })

  it('with more or fewer pixels than its sides say is refused', async () => {
    const wrong = desk.handlers['slip.logo']({ logo: { width: 17, height: 16, grey: grey(0) } })
    await expect(wrong).rejects.toMatchObject({ code: 'bad_call' })
    expect(desk.core.settings.get().slipLogo).toBeNull()
  })
})
