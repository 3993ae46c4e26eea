import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface FakeNaps2 {
  /** Devices by driver system; a system that is missing here is refused as NAPS2 refuses it. */
  devices: Record<string, readonly string[]>
  /** Sheets in the feeder. */
  sheets: number
  /** A message of NAPS2 after so many pages, with which it exits 1 (pages before it are saved). */
  fault?: { afterPages: number; text: string }
  /** Encoding of its words: a Chinese Windows speaks GBK when its output is no console. */
  gbk?: string
  pageMs?: number
  /** A picture for every page, by ending. */
  pictures: { jpg: string; png: string }
}

/**
 * A stand-in for NAPS2.Console that follows its documented options: it refuses any option it does not have, needs
 * --driver with --device, writes nothing without -v, saves only when the scan is over, exits 1 once it has shown an
 * error, and on SIGINT says so and saves nothing. (NAPS2 8: AutomatedScanningOptions.cs, AutomatedScanning.cs.)
 */
export async function fakeNaps2(
  fake: FakeNaps2,
): Promise<{ command: [string]; calls: string; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'balis-naps2-'))
  const calls = join(folder, 'calls')
  const program = join(folder, 'NAPS2.Console')
  await writeFile(
    program,
    `#!${process.execPath}
const fs = require('node:fs')
const fake = ${JSON.stringify(fake)}
const args = process.argv.slice(2)
fs.appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n')
const values = ['--driver', '--device', '--source', '--pagesize', '--dpi', '--bitdepth', '--jpegquality', '-o', '--output']
const flags = ['--noprofile', '--listdevices', '-f', '--force', '-v', '--verbose', '--version']
const given = {}
for (let i = 0; i < args.length; i++) {
  if (values.includes(args[i])) given[args[i]] = args[++i]
  else if (flags.includes(args[i])) given[args[i]] = true
  else { process.stderr.write('Option is unknown: ' + args[i] + '\\n'); process.exit(0) }
}
const say = (text) => fs.writeSync(1, fake.gbk && text === fake.fault?.text ? Buffer.from(fake.gbk, 'hex') : text + '\\n')
const tell = (text) => given['-v'] && say(text)
const fail = (text) => { say(text); process.exitCode = 1 }
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
process.on('SIGINT', () => { say('Cancelling... Press Ctrl+C again to terminate.'); process.exit(0) })
;(async () => {
  if (given['--version']) return say('NAPS2 8.0.0')
  const devices = fake.devices[given['--driver']]
  if (!given['--driver']) return fail('The --driver option must be set to use the --device or --listdevices option. Possible values: wia, twain')
  if (!devices) return fail('The selected driver is not supported on this system.')
  if (given['--listdevices']) return devices.forEach(say)
  if (!given['-o']) return fail('At least one of the -o/--output, -e/--email, or -a/--autosave options must be specified.')
  if (!/^[\\d.]+x[\\d.]+(mm|cm|in)$/.test(given['--pagesize'])) return fail('The page size could not be parsed.')
  if (!['glass', 'feeder', 'duplex'].includes(given['--source']) || !['bw', 'gray', 'color'].includes(given['--bitdepth'])) process.exit(0)
  tell('Beginning scan...')
  if (!devices.includes(given['--device'])) return fail('The selected scanner could not be found.')
  tell('Starting scan 1 of 1...')
  const total = given['--source'] === 'glass' ? 1 : fake.sheets
  if (total === 0) return fail('No pages are in the feeder.')
  let pages = 0
  while (pages < total) {
    if (fake.fault && fake.fault.afterPages === pages) { fail(fake.fault.text); break }
    await sleep(fake.pageMs ?? 1)
    pages++
    tell('Scanned page ' + pages + '.')
  }
  tell(pages + ' page(s) scanned.')
  if (pages === 0) return fail('No scanned pages to export.')
  tell('Exporting...')
  for (let n = 1; n <= pages; n++) {
    const target = given['-o'].replace('$(nnnn)', String(n).padStart(4, '0'))
    fs.copyFileSync(fake.pictures[target.split('.').pop()], target)
  }
  tell('Finished saving images to ' + given['-o'])
})()
`,
  )
  await chmod(program, 0o755)
  return { command: [program], calls, dispose: () => rm(folder, { recursive: true, force: true }) }
}
