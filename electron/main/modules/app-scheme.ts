/**
 * `app://desk/`: the page and its files, and `app://desk/blob/<id>` with ranges for page images and PDFs. A scheme of our
 * own has an origin, unlike file://, so the content policy and the sandbox hold.
 */
import { protocol, type ProtocolRequest, type ProtocolResponse } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { BlobPlace } from '../../contract/host-link.ts'
import { respondWithFile } from '../file-response.ts'
import { APP_HOST, APP_SCHEME, PAGE_FOLDER } from '../places.ts'
import { PAGE_HEADERS } from './content-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  // What pdf.js reads: character maps, fonts, colour profiles.
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.icc': 'application/octet-stream',
}

const BLOB_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/

/** Must run before Electron is ready. */
export function declareAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

/**
 * Not by `protocol.handle`: it speaks in Request and Response, and main would read Node's whole fetch for the first byte of
 * every start, then carry each file through web streams.
 * @param findBlob asks core where the bytes of an id are
 */
export function serveApp(findBlob: (id: string) => Promise<BlobPlace | null>): void {
  protocol.registerStreamProtocol(APP_SCHEME, (request, answer) => {
    respond(request, findBlob).then(answer, () => answer(refuse(404)))
  })
}

async function respond(
  { url: address, method, headers }: ProtocolRequest,
  findBlob: (id: string) => Promise<BlobPlace | null>,
): Promise<ProtocolResponse> {
  const url = new URL(address)
  if (url.host !== APP_HOST || method !== 'GET') return refuse(404)
  const path = decodeURIComponent(url.pathname)
  return path.startsWith('/blob/') ? serveBlob(path.slice(6), rangeOf(headers), findBlob) : servePage(path)
}

/** Names of headers come as whoever set them wrote them. */
function rangeOf(headers: Readonly<Record<string, string>>): string | null {
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'range')
  return name === undefined ? null : headers[name]!
}

async function servePage(path: string): Promise<ProtocolResponse> {
  const file = normalize(join(PAGE_FOLDER, path === '/' ? 'index.html' : path))
  const type = TYPES[extname(file)]
  if (!file.startsWith(PAGE_FOLDER + sep) || !type) return refuse(404)
  const bytes = await readFile(file)
  return { statusCode: 200, headers: { ...PAGE_HEADERS, 'Content-Type': type }, data: wholeOf(bytes) }
}

async function serveBlob(
  id: string,
  range: string | null,
  findBlob: (id: string) => Promise<BlobPlace | null>,
): Promise<ProtocolResponse> {
  const blob = BLOB_ID.test(id) ? await findBlob(id) : null
  return blob ? respondWithFile(blob, range) : refuse(404)
}

/** In one piece: every piece is a turn of main. */
const wholeOf = (bytes: Buffer): Readable => Readable.from([bytes], { objectMode: false, highWaterMark: bytes.length })

function refuse(statusCode: number): ProtocolResponse {
  return { statusCode, headers: { ...PAGE_HEADERS }, data: Readable.from([]) }
}
