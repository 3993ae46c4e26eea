import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

/**
 * A network scanner that speaks the real eSCL protocol. sane-airscan, a client written by others, scans from it in
 * tests/contract/scanner-escl.test.ts, which keeps it honest. Every quirk it plays was seen on a device or in a client's source.
 */
export interface EsclFaults {
  /** The feeder's condition from the first page on. */
  feeder: 'ok' | 'jam' | 'door'
  /** The sheet after so many of a job jams (page after it); -1 = never. */
  jamAfter: number
  /** So many POSTs are answered 503 first. */
  busyJobs: number
  /** So many NextDocuments are answered 503 first. */
  busyPages: number
  /** What a busy device says of when to ask again, seconds. */
  retryAfter: string
  /** Every POST is refused so although the device says it is well; 0 = no. */
  refuse: number
  /** What a finished job answers: makers differ. */
  endStatus: 404 | 409 | 410
  location: 'absolute' | 'relative' | 'wrong-host' | 'junk'
  /** Page sent in so many chunks with a pause between; 1 = at once with its length. */
  chunks: number
  chunkPauseMs: number
  /** The connection is torn in the middle of this page; -1 = never. */
  tearPage: number
  /** Every page is answered 200 with this instead, as a sign-in page of the network would be. */
  page: string | null
  /** ScannerCapabilities answers this instead. */
  capabilities: string | null
  /** Requests whose path holds this are never answered. */
  silent: string | null
  /** The job is ended at the device's own panel after so many pages; -1 = never. */
  panelCancelAfter: number
  /** ColorModes and DocumentFormats that are offered. */
  colorModes: readonly string[]
  formats: readonly string[]
}

const WELL: EsclFaults = {
  feeder: 'ok',
  jamAfter: -1,
  busyJobs: 0,
  busyPages: 0,
  retryAfter: '1',
  refuse: 0,
  endStatus: 404,
  location: 'absolute',
  chunks: 1,
  chunkPauseMs: 0,
  tearPage: -1,
  page: null,
  capabilities: null,
  silent: null,
  panelCancelAfter: -1,
  colorModes: ['BlackAndWhite1', 'Grayscale8', 'RGB24'],
  formats: ['image/jpeg', 'application/pdf'],
}

interface Job {
  source: string
  settings: Record<'ColorMode' | 'XResolution' | 'Width' | 'Height' | 'Duplex' | 'DocumentFormat', string>
  pages: number
  state: 'Processing' | 'Completed' | 'Canceled' | 'Aborted'
}

export interface EsclSimulator {
  /** The eSCL root, e.g. http://127.0.0.1:40001/eSCL */
  url: string
  port: number
  /** "METHOD path status" of each request answered so far. */
  log: string[]
  /** Sheets in the feeder. */
  load: (sheets: number) => void
  sheets: () => number
  set: (faults: Partial<EsclFaults>) => void
  jobs: () => string[]
  close: () => Promise<void>
}

const NS =
  'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'

export interface EsclSimulatorOptions extends Partial<EsclFaults> {
  sheets?: number
  /** What lies in the feeder, as JPEG, the first on top; pages of one grey where absent. */
  pictures?: readonly Uint8Array[]
  tls?: boolean
  uuid?: string
  name?: string
  /** 0 takes a free one. */
  port?: number
}

export async function startEsclSimulator(options: EsclSimulatorOptions = {}): Promise<EsclSimulator> {
  const {
    sheets: loaded = options.pictures?.length ?? 3,
    tls = false,
    uuid = randomUUID(),
    name = 'Simulated MFP 1',
    port: at = 0,
    ...faultsAtStart
  } = options
  const faults: EsclFaults = { ...WELL, ...faultsAtStart }
  let sheets = loaded
  const jobs = new Map<string, Job>()
  const log: string[] = []

  const adfState = (): string =>
    faults.feeder === 'jam'
      ? 'ScannerAdfJam'
      : faults.feeder === 'door'
        ? 'ScannerAdfDoorOpen'
        : sheets > 0
          ? 'ScannerAdfLoaded'
          : 'ScannerAdfEmpty'

  const status = (): string => {
    const infos = [...jobs].map(
      ([id, job]) =>
        `<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/${id}</pwg:JobUri><pwg:JobUuid>${id}</pwg:JobUuid><scan:Age>1</scan:Age>` +
        `<pwg:ImagesCompleted>${job.pages}</pwg:ImagesCompleted><pwg:JobState>${job.state}</pwg:JobState></scan:JobInfo>`,
    )
    const busy = [...jobs.values()].some((job) => job.state === 'Processing')
    return (
      `<?xml version="1.0" encoding="UTF-8"?>\n<scan:ScannerStatus ${NS}><pwg:Version>2.63</pwg:Version>` +
      `<pwg:State>${busy ? 'Processing' : 'Idle'}</pwg:State><scan:AdfState>${adfState()}</scan:AdfState>` +
      `<scan:Jobs>${infos.join('')}</scan:Jobs></scan:ScannerStatus>`
    )
  }

  /** Ends the answer with a page of the size, mode and resolution ordered; its grey level tells its number. */
  const sendPage = async (job: Job, response: ServerResponse): Promise<void> => {
    const { ColorMode, XResolution, Width, Height, DocumentFormat } = job.settings
    const px = (units: string): number => Math.round((Number(units) * Number(XResolution)) / 300)
    const level = 40 + 20 * job.pages
    let image = sharp({
      create: { width: px(Width), height: px(Height), channels: 3, background: { r: level, g: level, b: level } },
    })
    if (ColorMode !== 'RGB24') image = image.toColourspace('b-w')
    const type = DocumentFormat === 'image/png' ? DocumentFormat : 'image/jpeg'
    image = image.withDensity(Number(XResolution))
    const drawn = (): Promise<Uint8Array> =>
      (type === 'image/png' ? image.png({ palette: true, colours: 2 }) : image.jpeg()).toBuffer()
    const bytes = options.pictures?.[options.pictures.length - sheets] ?? (await drawn())
    const tear = faults.tearPage === job.pages
    job.pages += 1
    if (job.source === 'Feeder') sheets -= 1
    if (faults.chunks <= 1 && !tear) {
      response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length })
      response.end(bytes)
      return
    }
    response.writeHead(200, { 'Content-Type': type })
    const size = Math.ceil(bytes.length / Math.max(2, faults.chunks))
    for (let at = 0; at < bytes.length; at += size) {
      if (response.destroyed) return
      response.write(bytes.subarray(at, at + size))
      if (tear) await new Promise((resolve) => setTimeout(resolve, 20))
      if (tear) return void response.destroy()
      await new Promise((resolve) => setTimeout(resolve, faults.chunkPauseMs))
    }
    response.end()
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const path = request.url ?? '/'
    const send = (code: number, text = '', headers: Record<string, string> = {}): void => {
      response.writeHead(code, headers)
      response.end(text)
    }
    const xml = (text: string): void => send(200, text, { 'Content-Type': 'text/xml' })
    if (path === '/eSCL/ScannerCapabilities') return xml(faults.capabilities ?? capabilities(uuid, name, faults))
    if (path === '/eSCL/ScannerStatus') return xml(status())
    if (path === '/eSCL/ScanJobs' && request.method === 'POST') {
      if (faults.refuse) return send(faults.refuse)
      if (faults.busyJobs > 0) {
        faults.busyJobs -= 1
        return send(503, '', { 'Retry-After': faults.retryAfter })
      }
      const value = (element: string): string => new RegExp(`:${element}>\\s*([^<\\s]+)`).exec(body)?.[1] ?? ''
      const source = value('InputSource')
      if (source === 'Feeder' && adfState() !== 'ScannerAdfLoaded') return send(409)
      const id = randomUUID()
      const settings = {
        ColorMode: value('ColorMode'),
        XResolution: value('XResolution'),
        Width: value('Width'),
        Height: value('Height'),
        Duplex: value('Duplex'),
        DocumentFormat: value('DocumentFormat'),
      }
      jobs.set(id, { source, settings, pages: 0, state: 'Processing' })
      const job = `/eSCL/ScanJobs/${id}`
      const places = {
        absolute: `http${tls ? 's' : ''}://${request.headers.host}${job}`,
        relative: job,
        'wrong-host': `http://192.168.99.99:8080${job}/`,
        junk: 'http://[',
      }
      return send(201, '', { Location: places[faults.location] })
    }
    const [, id = '', rest = ''] = /^\/eSCL\/ScanJobs\/([^/]+)(\/NextDocument)?$/.exec(path) ?? []
    const job = jobs.get(id)
    if (!job) return send(404)
    if (request.method === 'DELETE') {
      if (job.state === 'Processing') job.state = 'Canceled'
      return send(200)
    }
    if (rest === '') return send(405)
    if (faults.busyPages > 0) {
      faults.busyPages -= 1
      return send(503, '', { 'Retry-After': faults.retryAfter })
    }
    if (faults.page !== null) return send(200, faults.page, { 'Content-Type': 'text/html' })
    if (job.pages === faults.jamAfter && faults.feeder === 'ok') {
      faults.feeder = 'jam'
      faults.jamAfter = -1
      job.state = 'Aborted'
      return send(409)
    }
    if (job.pages === faults.panelCancelAfter) job.state = 'Canceled'
    const over = job.source === 'Feeder' ? sheets < 1 : job.pages > 0
    if (job.state !== 'Processing' || over) {
      if (job.state === 'Processing') job.state = 'Completed'
      return send(faults.endStatus)
    }
    await sendPage(job, response)
  }

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    let body = ''
    response.on('finish', () => log.push(`${request.method} ${request.url} ${response.statusCode}`))
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      if (faults.silent !== null && request.url?.includes(faults.silent)) return
      answer(request, response, body).catch(() => response.destroy())
    })
  }
  const server: Server = tls ? createHttps(selfSigned(), onRequest) : createHttp(onRequest)
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http${tls ? 's' : ''}://127.0.0.1:${port}/eSCL`,
    port,
    log,
    load: (count) => (sheets = count),
    sheets: () => sheets,
    set: (change) => void Object.assign(faults, change),
    jobs: () => [...jobs.values()].map((job) => job.state),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function capabilities(uuid: string, name: string, { colorModes, formats }: EsclFaults): string {
  const list = (element: string, values: readonly (string | number)[]): string =>
    values.map((v) => `<${element}>${v}</${element}>`).join('')
  const resolutions = [75, 150, 300, 600]
    .map((r) => `<scan:XResolution>${r}</scan:XResolution><scan:YResolution>${r}</scan:YResolution>`)
    .map((xy) => `<scan:DiscreteResolution>${xy}</scan:DiscreteResolution>`)
  const source = (tag: string): string =>
    `<scan:${tag}><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2551</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>` +
    `<scan:MaxHeight>4205</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile>` +
    `<scan:ColorModes>${list('scan:ColorMode', colorModes)}</scan:ColorModes>` +
    `<scan:DocumentFormats>${list('pwg:DocumentFormat', formats)}${list('scan:DocumentFormatExt', formats)}</scan:DocumentFormats>` +
    `<scan:SupportedResolutions><scan:DiscreteResolutions>${resolutions.join('')}</scan:DiscreteResolutions></scan:SupportedResolutions>` +
    `</scan:SettingProfile></scan:SettingProfiles>` +
    `<scan:SupportedIntents><scan:Intent>Document</scan:Intent><scan:Intent>Photo</scan:Intent></scan:SupportedIntents>` +
    `<scan:MaxOpticalXResolution>600</scan:MaxOpticalXResolution><scan:MaxOpticalYResolution>600</scan:MaxOpticalYResolution></scan:${tag}>`
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<scan:ScannerCapabilities ${NS}><pwg:Version>2.63</pwg:Version>` +
    `<pwg:MakeAndModel>${name}</pwg:MakeAndModel><pwg:SerialNumber>SIM0001</pwg:SerialNumber><scan:UUID>${uuid}</scan:UUID>` +
    `<scan:Platen>${source('PlatenInputCaps')}</scan:Platen>` +
    `<scan:Adf>${source('AdfSimplexInputCaps')}${source('AdfDuplexInputCaps')}<scan:FeederCapacity>35</scan:FeederCapacity>` +
    `<scan:AdfOptions>${list('scan:AdfOption', ['DetectPaperLoaded', 'Duplex'])}</scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>`
  )
}

/** A fresh certificate as a device makes its own; by the openssl program, since Node cannot make one. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'balis-cert-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
    execFileSync('openssl', [...args, '-subj', '/CN=scanner', '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
