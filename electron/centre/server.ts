/** `startCentre`: the reference central service listening on a port. */
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Centre } from './centre.ts'
import { CentreClock } from './clock.ts'
import { sendJson } from './http/reply.ts'
import { serve } from './http/routes.ts'
import type { Mutant } from './mutants.ts'
import { HttpRefusal } from './refusal.ts'
import { Borrower, type BorrowerPace } from './rehearsal/borrower.ts'
import { serveCatalogue } from './rehearsal/catalogue.ts'
import { serveRehearsal, type Players } from './rehearsal/routes.ts'
import { Supplier, USUAL_PACE } from './rehearsal/supplier.ts'
import { plant } from './seed/plant.ts'

export interface StartOptions {
  dataDir: string
  /** 0 (default) takes a free port. */
  port?: number
  /** Default 127.0.0.1. Anything but loopback needs `tls`. */
  host?: string
  tls?: { cert: string; key: string }
  /** Demo data, standing codes and /rehearsal/*; refused on any host but loopback. */
  rehearsal?: boolean
  /** Generated requests beside figure 3, on an empty data folder. */
  rows?: number
  /** Beside figure 3 a believable year of a small library, instead of `rows`. */
  living?: boolean
  seed?: number
  borrower?: BorrowerPace
  /** Requests pre-allotted to each desk of a library with several; default 0: none. */
  allotBlock?: number
  mutants?: readonly Mutant[]
  clock?: CentreClock
}

export interface RunningCentre {
  url: string
  centre: Centre
  close(): Promise<void>
}

const TICK_MS = 60_000
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/

export async function startCentre(options: StartOptions): Promise<RunningCentre> {
  const host = options.host ?? '127.0.0.1'
  const loopback = LOOPBACK.test(host)
  if (!loopback && !options.tls) throw new Error('plain http is served on loopback only: give --cert and --key')
  if (!loopback && options.rehearsal) throw new Error('rehearsal is served on loopback only')
  if (options.mutants?.length && !options.rehearsal) throw new Error('mutants are for rehearsal only')
  const centre = new Centre({
    dataDir: options.dataDir,
    mutants: new Set(options.mutants ?? []),
    allotBlock: options.allotBlock ?? 0,
    ...(options.clock ? { clock: options.clock } : {}),
  })
  await plant(centre.db, {
    rehearsal: options.rehearsal ?? false,
    rows: options.rows ?? 0,
    living: options.living ?? false,
    seed: options.seed ?? 1,
    now: centre.clock.now(),
  })
  await centre.blobs.ready()
  await centre.tick()
  const players = options.rehearsal
    ? {
        borrower: new Borrower(centre, options.borrower),
        // Beside generated rows the other libraries answer when told only.
        supplier: new Supplier(centre, options.living ? USUAL_PACE : null),
      }
    : null
  const server = listen(centre, players, options.tls)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const timer = setInterval(() => void centre.tick().catch(report), TICK_MS)
  const { port } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    url: `${options.tls ? 'https' : 'http'}://${name}:${port}`,
    centre,
    close: async () => {
      clearInterval(timer)
      players?.borrower.stop()
      players?.supplier.stop()
      const closed = new Promise((resolve) => server.close(resolve))
      centre.wake.close()
      server.closeAllConnections()
      await closed
      centre.close()
    },
  }
}

function listen(centre: Centre, players: Players | null, tls: StartOptions['tls']): Server {
  const handler = (req: IncomingMessage, res: ServerResponse) => void answer(centre, players, req, res)
  const server = tls ? (createHttps(tls, handler) as unknown as Server) : createHttp(handler)
  // A slow upload may take hours; a silent line is cut after two minutes.
  server.requestTimeout = 0
  server.headersTimeout = 20_000
  server.timeout = 120_000
  // Longer than a desk's own idle time, so that it is never the centre that closes a line just taken up again.
  server.keepAliveTimeout = 75_000
  return server
}

async function answer(
  centre: Centre,
  players: Players | null,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  res.on('error', () => undefined)
  try {
    const url = new URL(req.url ?? '/', 'http://centre')
    const rehearsing = players && url.pathname.startsWith('/rehearsal/') && fromLoopback(req)
    if (rehearsing && url.pathname.startsWith('/rehearsal/sru/')) serveCatalogue(centre, res, url)
    else if (rehearsing) await serveRehearsal(centre, players, req, res, url)
    else await serve(centre, req, res, url)
  } catch (error) {
    await refuse(centre, req, res, error)
  }
}

/** The caller is on this machine and means this machine: a page behind a rebound name does not get at the levers. */
function fromLoopback(req: IncomingMessage): boolean {
  const name = (req.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return LOOPBACK.test((req.socket.remoteAddress ?? '').replace(/^::ffff:/, '')) && LOOPBACK.test(name)
}

async function refuse(centre: Centre, req: IncomingMessage, res: ServerResponse, error: unknown): Promise<void> {
  const known = error instanceof HttpRefusal
  if (!known && !isCutLine(error)) report(error)
  if (res.headersSent || res.destroyed) return void res.destroy()
  if (known) for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value)
  // The rest of a body nobody will read must not be taken for the next call on this line.
  if (!req.complete) res.setHeader('Connection', 'close')
  const [status, body] = known ? [error.status, { error: error.error, ...error.details }] : [500, { error: 'internal' }]
  await sendJson(req, res, status, centre.stamp(), body).catch(() => res.destroy())
}

/** The caller went away in mid-body: no fault of ours and nobody left to answer. */
function isCutLine(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE'
}

function report(error: unknown): void {
  process.stderr.write(`centre: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}
