/** A second device of the library that only reads: what the centre really holds, told by its own protocol. */
import { createHash } from 'node:crypto'
import {
  EnrolReply,
  FeedReply,
  PROTOCOL,
  RequestRow,
  type RequestRow as Request,
} from '../../electron/contract/centre.contract.ts'
import type { CentreProcess } from './centre-process.ts'

export interface Witness {
  /** A request as the centre has it now. */
  request(id: string): Promise<Request>
  /** Waits until the centre's row fits. @throws Error naming the row when it does not within the time */
  until(id: string, what: string, fits: (row: Request) => boolean, ms?: number): Promise<Request>
  /** Bytes of a delivered document; their hash is checked here too. */
  blob(sha256: string): Promise<Buffer>
}

export async function startWitness(centre: CentreProcess): Promise<Witness> {
  const { code } = (await centre.rehearse('enrol-code', {})) as { code: string }
  const { token, library } = EnrolReply.parse(await call(`${centre.url}/v1/enrol`, null, { code, deskName: 'witness' }))
  const root = () => `${centre.url}/v1/lib/${library.id}`
  const rows = new Map<string, Request>()
  let cursor = ''

  async function pull(): Promise<void> {
    for (let more = true; more;) {
      const page = FeedReply.parse(await call(`${root()}/feed?cursor=${encodeURIComponent(cursor)}&limit=500`, token))
      for (const row of page.rows) if (row.type === 'request' && !row.gone) rows.set(row.id, RequestRow.parse(row))
      ;({ next: cursor, more } = page)
    }
  }

  async function request(id: string): Promise<Request> {
    await pull()
    const row = rows.get(id)
    if (!row) throw new Error(`the centre has no request ${id}`)
    return row
  }

  return {
    request,
    async until(id, what, fits, ms = 30_000) {
      const deadline = Date.now() + ms
      for (;;) {
        const row = await request(id)
        if (fits(row)) return row
        if (Date.now() > deadline) throw new Error(`${id} is ${row.status}/${row.stage}, expected ${what}`)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    async blob(sha256) {
      const reply = await fetch(`${root()}/blobs/${sha256}`, { headers: headers(token) })
      if (!reply.ok) throw new Error(`blob ${sha256}: ${reply.status}`)
      const bytes = Buffer.from(await reply.arrayBuffer())
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`blob ${sha256} has other bytes`)
      return bytes
    },
  }
}

function headers(token: string | null): Record<string, string> {
  return { 'desk-protocol': String(PROTOCOL), ...(token ? { authorization: `Bearer ${token}` } : {}) }
}

async function call(url: string, token: string | null, body?: object): Promise<unknown> {
  const reply = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { ...headers(token), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`)
  return reply.json()
}
