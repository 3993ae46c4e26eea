import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PDFDocument } from 'pdf-lib'
import type { JobRef, PrintState } from '../../electron/core/printing/driver.ts'
import { IppClient } from '../../electron/core/printing/ipp/client.ts'
import { IppDriver, type IppPrinterSetting } from '../../electron/core/printing/ipp/ipp-driver.ts'
import { startIppPrinter } from '../../electron/core/printing/ipp-server/http.ts'
import { attribute } from '../../electron/core/printing/ipp/message.ts'
import { startCupsd, startIppEvePrinter, whyNoCups, type Cups, type EvePrinter } from '../devices/ipp.ts'
import { missingPrograms, run, until } from '../devices/programs.ts'

const why = whyNoCups(missingPrograms('ippeveprinter', 'avahi-daemon', 'dbus-daemon', 'cupsd', 'lpadmin', 'ipptool'))

async function samplePdf(words = 'sheet'): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (let i = 1; i <= 2; i++) pdf.addPage([595.28, 841.89]).drawText(`${words} ${i}`, { x: 72, y: 700, size: 30 })
  return pdf.save()
}

const TIMES = { first: 50, longest: 200, giveUp: 1_500 }
const LIMITS = { connectMs: 2_000, answerMs: 10_000, answerBytes: 4 * 1024 * 1024 }

function driverFor(printers: IppPrinterSetting[], cups?: string): IppDriver {
  return new IppDriver({ printers: () => printers, times: TIMES, limits: LIMITS, ...(cups ? { cups } : {}) })
}

async function watchAll(driver: IppDriver, job: JobRef, onState?: (state: PrintState) => unknown) {
  const states: PrintState[] = []
  for await (const state of driver.watch(job)) {
    states.push(state)
    await onState?.(state)
  }
  return states
}

const reached = (states: PrintState[]) => states.map(({ state }) => state)

describe.skipIf(why !== undefined)(`the real ippeveprinter ${why ?? ''}`, () => {
  let eve: EvePrinter
  let driver: IppDriver
  beforeAll(async () => {
    eve = await startIppEvePrinter('Sim Eve')
    driver = driverFor([{ id: 'eve', name: 'Eve', uri: eve.uri }])
  })
  afterEach(() => eve.setFault('none'))
  afterAll(async () => {
    await driver?.close()
    await eve?.close()
  })

  const send = async (name: string, options = {}, words?: string) => {
    const bytes = await samplePdf(words)
    return { bytes, job: await driver.submit('eve', { bytes, mime: 'application/pdf', name }, options) }
  }
  const idle = () =>
    until('an idle printer', async () => (await driver.capabilities('eve')).state === 'idle').then(() => undefined)

  it('tells what it can do', async () => {
    const able = await driver.capabilities('eve')
    expect(able).toMatchObject({ accepting: true, queue: false, attention: [] })
    expect(able.formats).toEqual(expect.arrayContaining(['application/pdf', 'image/jpeg', 'image/pwg-raster']))
    expect(able.sides).toContain('two-sided-long-edge')
    expect(able.media).toContainEqual(
      expect.objectContaining({ name: 'iso_a4_210x297mm', widthMm: 210, heightMm: 297 }),
    )
    expect(able.dpi.length).toBeGreaterThan(0)
  })

  it('gets exactly our bytes, the copies and the sides, and its word alone makes them confirmed', async () => {
    const before = (await eve.received()).length
    const options = { copies: 2, sides: 'two-sided-long-edge', media: 'iso_a4_210x297mm' }
    const { bytes, job } = await send('书条 HG00003902 åäö', options)
    const states = await watchAll(driver, job)
    expect(states.at(-1)).toMatchObject({ state: 'completed', final: true })
    const received = await eve.received()
    expect(received).toHaveLength(before + 1)
    expect(received.at(-1)!.equals(Buffer.from(bytes))).toBe(true)
    expect(await eve.lastJob()).toMatchObject({
      IPP_COPIES: '2',
      IPP_SIDES: 'two-sided-long-edge',
      IPP_JOB_NAME: '书条 HG00003902 åäö',
    })
  })

  it('out of paper: needs attention, then goes on and completes', async () => {
    await idle()
    await eve.setFault('empty')
    const { job } = await send('no paper')
    const states = await watchAll(driver, job, async (state) => {
      if (state.state === 'needs_attention') await eve.setFault('none')
    })
    const attention = states.find(({ state }) => state === 'needs_attention')
    expect(attention?.reasons).toEqual(expect.arrayContaining(['media-empty', 'media-needed']))
    expect(reached(states).at(-1)).toBe('completed')
  })

  it('busy: a second job is refused plainly while the first waits', async () => {
    await idle()
    await eve.setFault('slow')
    const { job } = await send('first')
    await expect(send('second')).rejects.toMatchObject({ name: 'PrintError', code: 'busy' })
    await eve.setFault('none')
    expect(reached(await watchAll(driver, job)).at(-1)).toBe('completed')
  })

  it('cancel: reaches the printer, and what the printer then says is what we tell', async () => {
    await idle()
    await eve.setFault('slow')
    const { job } = await send('cancel me')
    await driver.cancel(job)
    await eve.setFault('none')
    // This simulator finishes a job whose script ends well although it was cancelled; the log shows the request.
    expect(reached(await watchAll(driver, job)).at(-1)).toMatch(/^(cancelled|completed)$/)
    expect(eve.log()).toMatch(/Cancel-Job/)
  })

  it('cancel: a job that has ended meanwhile, or that the printer has forgotten, needs none', async () => {
    await idle()
    const { job } = await send('too late')
    expect(reached(await watchAll(driver, job)).at(-1)).toBe('completed')
    await driver.cancel(job)
    expect(reached(await watchAll(driver, job)).at(-1)).toBe('completed')
    await driver.cancel({ ...job, jobId: '99999' })
  })

  it('jam: aborted, never confirmed', async () => {
    await idle()
    await eve.setFault('jam')
    const { job } = await send('jammed')
    const states = await watchAll(driver, job)
    expect(states.at(-1)).toMatchObject({ state: 'aborted', message: 'Paper jam' })
    expect(states.at(-1)?.reasons).toContain('aborted-by-system')
  })

  it('after the jam is cleared the next job prints', async () => {
    await idle()
    const { job } = await send('after the jam')
    const states = await watchAll(driver, job)
    expect(states.at(-1)).toMatchObject({ state: 'completed' })
  })

  it('says before printing that it cannot do what is asked', async () => {
    const client = new IppClient({ uri: eve.uri })
    const wrong = [attribute.keyword('sides', 'foo')]
    await expect(client.validateJob('application/pdf', wrong)).rejects.toMatchObject({ code: 'unsupported_media' })
    await expect(client.validateJob('application/x-foo', [])).rejects.toMatchObject({ code: 'unsupported_media' })
    await expect(client.jobAttributes(9_999)).rejects.toMatchObject({ code: 'not_found' })
    await client.close()
  })

  it('takes a job in two steps, as CUPS sends it', async () => {
    await idle()
    const client = new IppClient({ uri: eve.uri })
    const bytes = await samplePdf('two steps')
    const { id } = await client.createJob('two steps', [])
    await client.sendDocument(id, { bytes }, 'application/pdf')
    await until('the job', async () => (await client.jobAttributes(id)).state === 9)
    expect((await eve.received()).at(-1)!.equals(Buffer.from(bytes))).toBe(true)
    const jobs = await client.jobs('completed')
    expect(jobs.some((job) => job.id === id)).toBe(true)
    await client.close()
  })

  it('over TLS its own certificate is refused until a person trusts exactly that one', async () => {
    await idle()
    const uri = eve.uri.replace('ipp:', 'ipps:')
    const stranger = new IppClient({ uri })
    const refusal = await stranger.printerAttributes().catch((error: unknown) => error)
    await stranger.close()
    expect(refusal).toMatchObject({ name: 'PrintError', code: 'tls_untrusted' })
    const { fingerprint } = refusal as { fingerprint: string }
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    const trusted = driverFor([{ id: 'tls', name: 'TLS', uri, fingerprint: fingerprint.toUpperCase() }])
    const bytes = await samplePdf('secret')
    const job = await trusted.submit('tls', { bytes, mime: 'application/pdf', name: 'over TLS' }, {})
    expect((await watchAll(trusted, job)).at(-1)).toMatchObject({ state: 'completed' })
    expect((await eve.received()).at(-1)!.equals(Buffer.from(bytes))).toBe(true)
    await trusted.close()
    const other = new IppClient({ uri, fingerprint: 'ab'.repeat(32) })
    await expect(other.printerAttributes()).rejects.toMatchObject({ code: 'tls_untrusted', fingerprint })
    await other.close()
  })

  it('remembers jobs, newest first, and finds one again by its name', async () => {
    await idle()
    const { job } = await send('slip #1a2b3c')
    await watchAll(driver, job)
    const [newest] = await driver.history('eve')
    expect(newest).toMatchObject({ jobId: job.jobId, name: 'slip #1a2b3c', state: 'completed' })
    expect(await driver.findByName('eve', 'slip #1a2b3c')).toMatchObject({ jobId: job.jobId })
    expect(await driver.findByName('eve', 'slip #ffffff')).toBeUndefined()
  })

  it('one that asks for a user name is told as such, before and after a wrong one', async () => {
    const own = await startIppEvePrinter('Sim Locked', ['-A'])
    const asked = driverFor([{ id: 'locked', name: 'Locked', uri: own.uri }])
    const wrong = driverFor([{ id: 'locked', name: 'Locked', uri: own.uri, auth: { user: 'nobody', password: 'x' } }])
    try {
      const document = { bytes: await samplePdf(), mime: 'application/pdf', name: 'locked' }
      await expect(asked.submit('locked', document, {})).rejects.toMatchObject({ code: 'auth', uncertain: false })
      await expect(wrong.submit('locked', document, {})).rejects.toMatchObject({ code: 'auth', uncertain: false })
      expect(await own.received()).toEqual([])
    } finally {
      await asked.close()
      await wrong.close()
      await own.close()
    }
  })

  it('a printer that vanishes in mid-job ends as not confirmed', async () => {
    const own = await startIppEvePrinter('Sim Gone')
    const lost = driverFor([{ id: 'gone', name: 'Gone', uri: own.uri }])
    try {
      await own.setFault('slow')
      const bytes = await samplePdf()
      const job = await lost.submit('gone', { bytes, mime: 'application/pdf', name: 'vanishing' }, {})
      const states = await watchAll(lost, job, async (state) => {
        if (state.state === 'printing') await own.vanish()
      })
      expect(states.some(({ reasons }) => reasons.includes('unreachable'))).toBe(true)
      expect(states.at(-1)).toMatchObject({ state: 'handed_over', reasons: ['lost-contact'], final: true })
      const again = { bytes, mime: 'application/pdf', name: 'again' }
      await expect(lost.submit('gone', again, {})).rejects.toMatchObject({ code: 'offline', uncertain: false })
    } finally {
      await lost.close()
      await own.close()
    }
  })
})

/** A queue made a moment ago may abort what it is given: sent again until the device has it. @returns the job that arrived */
async function arrives<Job>(submit: () => Promise<Job>, there: () => boolean | Promise<boolean>): Promise<Job> {
  for (let tries = 1; ; tries++) {
    const job = await submit()
    try {
      await until('the device to print', there, 8_000)
      return job
    } catch (error) {
      if (tries === 4) throw error
    }
  }
}

/** A driverless queue for a device. CUPS asks the device first and refuses when either is still busy, so it is asked until it has it. */
async function makeQueue(cups: Cups, name: string, device: string): Promise<void> {
  const order = ['-p', name, '-E', '-v', device, '-m', 'everywhere']
  await until(`the queue ${name} to be made`, async () => (await run('lpadmin', order, cups.env)).code === 0)
}

describe.skipIf(why !== undefined)(`a real CUPS queue in front of it ${why ?? ''}`, () => {
  let eve: EvePrinter
  let cups: Cups
  let driver: IppDriver
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'balis-queue-'))
    eve = await startIppEvePrinter('Sim Behind')
    cups = await startCupsd()
    await makeQueue(cups, 'behind', eve.uri)
    driver = driverFor([], cups.uri)
  })
  afterAll(async () => {
    await driver?.close()
    await cups?.close()
    await rm(folder, { recursive: true, force: true })
    await eve?.close()
  })

  const send = async (name: string) => {
    const bytes = await samplePdf()
    return driver.submit('cups:behind', { bytes, mime: 'application/pdf', name }, { copies: 2 })
  }

  it('is found by itself and known as a queue', async () => {
    expect(await driver.list()).toEqual([
      { id: 'cups:behind', name: expect.any(String), kind: 'queue', uri: `${cups.uri}printers/behind` },
    ])
    expect(await driver.capabilities('cups:behind')).toMatchObject({ queue: true, accepting: true })
  })

  it('its success counts as printed only because the device behind it says so too', async () => {
    const states = await watchAll(driver, await send('through the queue'))
    expect(states.at(-1)).toMatchObject({ state: 'completed', final: true })
    expect(states.at(-1)?.reasons).toContain('device-said')
    expect(await eve.lastJob()).toMatchObject({ IPP_COPIES: '2' })
  })

  it('its success alone is told as handed over, not as printed', async () => {
    let got = 0
    const device = await startIppPrinter({ name: 'Deaf', folder: join(folder, 'deaf'), onDocument: () => void got++ })
    await makeQueue(cups, 'deaf', device.uri)
    const bytes = await samplePdf()
    const job = await arrives(
      () => driver.submit('cups:deaf', { bytes, mime: 'application/pdf', name: 'unsure' }, {}),
      () => got > 0,
    )
    await until('the queue to be done', async () => {
      const listed = await run('lpstat', ['-W', 'completed', '-o', 'deaf'], cups.env)
      return listed.stdout.includes(`deaf-${job.jobId}`)
    })
    await device.close()
    const states = await watchAll(driver, job)
    expect(states.at(-1)).toMatchObject({ state: 'handed_over', final: true })
    expect(states.at(-1)?.reasons).toContain('queue-completed')
    expect(reached(states)).not.toContain('completed')
    await run('lpadmin', ['-x', 'deaf'], cups.env)
  })

  it('passes on that paper is missing', async () => {
    await eve.setFault('empty')
    const job = await send('no paper behind')
    const states = await watchAll(driver, job, async ({ state, reasons }) => {
      if (state === 'needs_attention' && reasons.includes('media-empty')) await eve.setFault('none')
    })
    expect(states.find(({ state }) => state === 'needs_attention')?.reasons).toContain('media-empty')
    expect(states.at(-1)).toMatchObject({ state: 'completed', final: true })
  })

  it('never claims paper when the device jammed', async () => {
    await eve.setFault('jam')
    const states = await watchAll(driver, await send('jam behind'))
    await eve.setFault('none')
    expect(reached(states)).not.toContain('completed')
    expect(states.at(-1)?.state).toMatch(/^(handed_over|aborted|cancelled)$/)
  })

  it('refuses plainly when it rejects jobs, and a queue that is not there is not found', async () => {
    await run('cupsreject', ['behind'], cups.env)
    await expect(send('rejected')).rejects.toMatchObject({ code: 'not_accepting' })
    await run('cupsaccept', ['behind'], cups.env)
    const bytes = await samplePdf()
    const unknown = driver.submit('cups:nope', { bytes, mime: 'application/pdf', name: 'x' }, {})
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' })
  })

  it('cancel: the job of a queue is cancelled, and never told as printed', async () => {
    await eve.setFault('empty')
    const job = await send('cancel behind')
    const states = await watchAll(driver, job, async ({ state }) => {
      if (state === 'needs_attention') await driver.cancel(job)
    })
    await eve.setFault('none')
    expect(states.at(-1)).toMatchObject({ state: 'cancelled', final: true })
    expect(reached(states)).not.toContain('completed')
  })

  it('a device that vanishes behind its queue is told as needing a person, not as printed', async () => {
    const own = await startIppEvePrinter('Sim Lost')
    await makeQueue(cups, 'lost', own.uri)
    await own.setFault('slow')
    const bytes = await samplePdf()
    const job = await arrives(
      () => driver.submit('cups:lost', { bytes, mime: 'application/pdf', name: 'vanishing behind' }, {}),
      async () => (await own.received()).length > 0,
    )
    await own.vanish()
    // The queue itself goes on saying "printing": the device is asked, and then nobody claims anything.
    const states = await watchAll(driver, job)
    expect(states.find(({ state }) => state === 'needs_attention')?.reasons).toEqual(['unreachable'])
    expect(states.at(-1)).toMatchObject({ state: 'handed_over', reasons: ['lost-contact'], final: true })
    expect(reached(states)).not.toContain('completed')
    await driver.cancel(job)
    await run('lpadmin', ['-x', 'lost'], cups.env)
    await own.close()
  })
})

describe.skipIf(why !== undefined)(`a real cupsd that asks who prints ${why ?? ''}`, () => {
  it('refuses a job without a user name plainly, and nothing reaches the device', async () => {
    const eve = await startIppEvePrinter('Sim Guarded')
    const cups = await startCupsd(true)
    const driver = driverFor([], cups.uri)
    try {
      await makeQueue(cups, 'guarded', eve.uri)
      const document = { bytes: await samplePdf(), mime: 'application/pdf', name: 'guarded' }
      await expect(driver.submit('cups:guarded', document, {})).rejects.toMatchObject({
        code: 'auth',
        uncertain: false,
      })
      expect(await eve.received()).toEqual([])
    } finally {
      await driver.close()
      await cups.close()
      await eve.close()
    }
  })
})
