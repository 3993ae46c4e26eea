/** Commands that use devices: scan, print. */
import { PrintKind, ScanProfile, type PrintJobView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { RunningCore } from '../index.ts'
import { EXIT, needed, numberOf, oneOf, textOf, type Command, type Result, type Values } from './command.ts'
import { WrongUse } from './wrong-use.ts'

const { source: ScanSource, mode: ScanMode } = ScanProfile.shape
const PRINT_WAIT_S = 120
const LOOK_MS = 250
const OVER = new Set<PrintJobView['state']>(['handed_over', 'confirmed', 'failed', 'cancelled'])

export const DEVICES: Readonly<Record<string, Command>> = {
  scan: {
    synopsis: '--list | --request ID [--scanner ID] [--source S] [--mode M] [--dpi N]',
    summary: 'scan pages into a request, or list the scanners',
    about:
      'Scans until the feeder is empty, or one page from the glass, and lays the pages to the request; they are looked at as in the window. Without --scanner the desk’s own profile counts.',
    options: {
      list: { about: 'the scanners that are there, with what they can' },
      request: { value: 'ID', about: 'the request the pages are for' },
      scanner: { value: 'ID', about: 'as --list tells it' },
      source: { value: 'S', about: ScanSource.options.join(', ') },
      mode: { value: 'M', about: ScanMode.options.join(', ') },
      dpi: { value: 'N', about: '75 to 1200' },
    },
    exits: { [EXIT.notWell]: '--list: there is no scanner' },
    examples: ['desk scan --list', 'desk scan --request HG00003902 --source feeder --mode grey --dpi 300'],
    run: (running, values) => (values['list'] === true ? listScanners(running) : scan(running, values)),
  },
  print: {
    synopsis: '--list | --kind KIND [--printer ID] [--copies N] ID...',
    words: true,
    summary: 'print slips, labels and manifests, or list the printers',
    about:
      'Prints as the window does: what was printed stands in the print log, "handed over" told apart from "the printer confirmed". IDs are requests; bags for labels and contents, manifests for manifests and receipts.',
    options: {
      list: { about: 'the printers that are there' },
      kind: { value: 'KIND', about: PrintKind.options.join(', ') },
      printer: { value: 'ID', about: 'as --list tells it; else the one set for the kind' },
      copies: { value: 'N', about: '1 to 20' },
      wait: { value: 'SECONDS', about: `how long to wait for the printer (${PRINT_WAIT_S})` },
    },
    exits: { [EXIT.notWell]: '--list: there is no printer; else the job still waits for the printer' },
    examples: ['desk print --list', 'desk print --kind pullSlip HG00003902 HG00003901'],
    run: (running, values, ids) => (values['list'] === true ? listPrinters(running) : print(running, values, ids)),
  },
}

async function listScanners({ handlers }: RunningCore): Promise<Result> {
  const scanners = await handlers['scanner.list']({ refresh: true })
  const lines = scanners.map((one) =>
    [one.id, one.state, one.name, one.sources.join(','), one.modes.join(',')].join('\t'),
  )
  return { exit: scanners.length > 0 ? EXIT.done : EXIT.notWell, data: scanners, lines }
}

async function scan(running: RunningCore, values: Values): Promise<Result> {
  const { core, handlers } = running
  const requestId = needed(values, 'request')
  const profile = await profileOf(running, values)
  const before = new Set(pagesOf(await handlers['pages.list']({ requestId })).map(({ id }) => id))
  const { jobId } = await handlers['scan.start']({ requestId, profile, insertAt: null, replacePage: null })
  const job = await core.jobs.settled(jobId)
  await running.pagesSeen()
  const pages = pagesOf(await handlers['pages.list']({ requestId })).filter(({ id }) => !before.has(id))
  const lines = pages.map(({ id, width, height, dpi }) => [id, `${width}x${height}`, `${dpi} dpi`].join('\t'))
  const failed = job.state !== 'done'
  if (failed) lines.push(`${job.state}${job.error ? `: ${job.error.code}` : ''}`)
  return { exit: failed ? EXIT.failed : EXIT.done, data: { state: job.state, error: job.error, pages }, lines }
}

const pagesOf = <Page>({ pages }: { pages: Page[] }): Page[] => pages

/** The desk's own profile with what was said instead; a scanner nobody has used yet as it can. @throws WrongUse, DeskError no_scanner */
async function profileOf({ core, handlers }: RunningCore, values: Values): Promise<ScanProfile> {
  const source = oneOf(values, 'source', ScanSource.options)
  const mode = oneOf(values, 'mode', ScanMode.options)
  const dpi = values['dpi'] === undefined ? undefined : numberOf(values, 'dpi', 75, 1200, 300)
  const scanners = await handlers['scanner.list']({ refresh: true })
  const usual = core.settings.get().scan
  const wanted = textOf(values, 'scanner') ?? usual?.scannerId ?? scanners[0]?.id
  const scanner = scanners.find(({ id }) => id === wanted)
  if (!scanner && textOf(values, 'scanner')) throw new WrongUse(`no scanner ${wanted}; --list tells which there are`)
  if (!scanner) throw new DeskError('no_scanner')
  const own = usual?.scannerId === scanner.id ? usual : undefined
  return {
    ...own,
    scannerId: scanner.id,
    source: source ?? own?.source ?? scanner.sources[0]!,
    mode: mode ?? own?.mode ?? (scanner.modes.includes('grey') ? 'grey' : scanner.modes[0]!),
    dpi: dpi ?? own?.dpi ?? (scanner.dpi.includes(300) ? 300 : scanner.dpi[0]!),
  }
}

async function listPrinters({ handlers }: RunningCore): Promise<Result> {
  const printers = await handlers['printer.list']({ refresh: true })
  const lines = printers.map(({ id, state, name, reasons }) => [id, state, name, reasons.join(',')].join('\t'))
  return { exit: printers.length > 0 ? EXIT.done : EXIT.notWell, data: printers, lines }
}

async function print({ handlers }: RunningCore, values: Values, ids: readonly string[]): Promise<Result> {
  const kind = oneOf(values, 'kind', PrintKind.options)
  if (!kind || ids.length === 0) throw new WrongUse('--kind and what is to be printed are needed')
  await handlers['printer.list']({ refresh: true })
  const wait = numberOf(values, 'wait', 0, 3600, PRINT_WAIT_S)
  const copies = values['copies'] === undefined ? null : numberOf(values, 'copies', 1, 20, 1)
  const order = { kind, objectIds: [...ids], printerId: textOf(values, 'printer') ?? null, copies, start: null }
  const { printJobId, batch } = await handlers['print.submit'](order)
  const until = performance.now() + wait * 1000
  for (;;) {
    const { state, over, exit, data } = await stateOf(handlers, printJobId, batch)
    if (over || performance.now() >= until) return { exit: over ? exit : EXIT.notWell, data, lines: [`${printJobId}\t${state}`] } // prettier-ignore
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

async function stateOf(handlers: RunningCore['handlers'], id: string, batch: boolean) {
  if (batch) {
    const found = (await handlers['print.batches']({ limit: 100 })).find((one) => one.id === id)!
    const over = ['done', 'stopped', 'cancelled'].includes(found.state)
    return { state: found.state, over, exit: found.state === 'done' ? EXIT.done : EXIT.failed, data: found }
  }
  const found = (await handlers['print.jobs']({ limit: 500 })).find((one) => one.id === id)!
  const bad = found.state === 'failed' || found.state === 'cancelled'
  return { state: found.state, over: OVER.has(found.state), exit: bad ? EXIT.failed : EXIT.done, data: found }
}
