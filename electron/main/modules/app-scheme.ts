/**
 * `app://desk/`: the page and its files, and `app://desk/blob/<id>` with ranges for page images and PDFs. A scheme of our
 * own has an origin, unlike file://, so the content policy and the sandbox hold.
 */
import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
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

/** @param findBlob asks core where the bytes of an id are */
export function serveApp(findBlob: (id: string) => Promise<BlobPlace | null>): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host !== APP_HOST || request.method !== 'GET') return refuse(404)
    try {
      const path = decodeURIComponent(url.pathname)
      return path.startsWith('/blob/') ? await serveBlob(path.slice(6), request, findBlob) : await servePage(path)
    } catch {
      return refuse(404)
    }
  })
}

async function servePage(path: string): Promise<Response> {
  const file = normalize(join(PAGE_FOLDER, path === '/' ? 'index.html' : path))
  const type = TYPES[extname(file)]
  if (!file.startsWith(PAGE_FOLDER + sep) || !type) return refuse(404)
  return new Response(await readFile(file), { headers: { ...PAGE_HEADERS, 'Content-Type': type } })
}

async function serveBlob(
  id: string,
  request: Request,
  findBlob: (id: string) => Promise<BlobPlace | null>,
): Promise<Response> {
  const blob = BLOB_ID.test(id) ? await findBlob(id) : null
  return blob ? respondWithFile(blob, request.headers.get('range')) : refuse(404)
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS })
}
