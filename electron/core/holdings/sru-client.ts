/**
 * SRU 1.1 and 1.2 over HTTP GET: explain and searchRetrieve. A catalogue is a stranger: it may hang, answer a web page,
 * speak another encoding or never end. Each call has an end in time and size, and every ill ends in a CatalogueError.
 */
import type { Dispatcher } from 'undici'
import type { CatalogueTarget } from '../../contract/core.contract.ts'
import { CatalogueError } from './catalogue-error.ts'
import { readExplain, readSearch, RECORDS_TAKEN, type Explained, type SruAnswer } from './sru-answer.ts'

/** Bytes taken of one answer: fifty long records are a few hundred kilobytes. */
const LARGEST = 4 * 1024 * 1024

type Place = Pick<CatalogueTarget, 'address' | 'version' | 'schema' | 'timeoutMs'>

/** Diagnostics after which another wording of the same question may do. */
const UNSUPPORTED_VERSION = 5
const UNKNOWN_SCHEMA = 66
const UNSUPPORTED_RELATION = new Set([19, 20])

export async function explain(dispatcher: Dispatcher, place: Place, signal: AbortSignal): Promise<Explained> {
  return readExplain(await get(dispatcher, place, { operation: 'explain', version: place.version }, signal))
}

/**
 * @param cql already escaped
 * @throws CatalogueError; the signal's reason when it was aborted
 */
export async function searchRetrieve(
  dispatcher: Dispatcher,
  place: Place,
  cql: string,
  signal: AbortSignal,
): Promise<SruAnswer> {
  const ask = async (version: string, schema: string, query: string): Promise<SruAnswer> => {
    const more: Record<string, string> = schema === '' ? {} : { recordSchema: schema }
    const call = {
      operation: 'searchRetrieve',
      version,
      query,
      startRecord: '1',
      maximumRecords: String(RECORDS_TAKEN),
    }
    return readSearch(await get(dispatcher, place, { ...call, recordPacking: 'xml', ...more }, signal))
  }
  try {
    return await ask(place.version, place.schema, cql)
  } catch (error) {
    if (!(error instanceof CatalogueError) || error.diagnostic === null) throw error
    if (error.diagnostic === UNSUPPORTED_VERSION) return ask(place.version === '1.1' ? '1.2' : '1.1', place.schema, cql)
    if (error.diagnostic === UNKNOWN_SCHEMA && place.schema !== '') return ask(place.version, '', cql)
    if (UNSUPPORTED_RELATION.has(error.diagnostic) && cql.includes(' all "')) return ask(place.version, place.schema, cql.replaceAll(' all "', ' = "')) // prettier-ignore
    throw error
  }
}

/** @throws CatalogueError timeout, unreachable, refused, not_sru, too_large, encoding */
async function get(
  dispatcher: Dispatcher,
  place: Place,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const url = new URL(place.address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const patience = AbortSignal.timeout(place.timeoutMs)
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'application/sru+xml, application/xml, text/xml' },
      headersTimeout: place.timeoutMs,
      bodyTimeout: place.timeoutMs,
      signal: AbortSignal.any([signal, patience]),
    })
    const parts: Uint8Array[] = []
    let taken = 0
    for await (const part of answer.body as AsyncIterable<Uint8Array>) {
      taken += part.length
      if (taken > LARGEST) throw new CatalogueError('too_large')
      parts.push(part)
    }
    const type = String(answer.headers['content-type'] ?? '')
    const status = answer.statusCode
    // Servers of old send diagnostics with an error's status: what can be read counts more than the number.
    if (status >= 300 && status < 400) throw new CatalogueError('not_sru', `HTTP ${status}`)
    if (status >= 400 && !/xml/i.test(type)) throw new CatalogueError('refused', `HTTP ${status}`)
    return decode(Buffer.concat(parts), type)
  } catch (error) {
    throw asCatalogueError(error, signal, patience)
  }
}

/** By the header, else the XML declaration, else UTF-8; where the bytes are not what they say, GB18030 is tried. */
function decode(bytes: Uint8Array, contentType: string): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const said = /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ?? /^\s*<\?xml[^>]*encoding=["']([\w-]+)/.exec(head)?.[1]
  for (const label of [said ?? 'utf-8', 'utf-8', 'gb18030']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes)
    } catch {
      // Not this encoding, or one nobody knows.
    }
  }
  throw new CatalogueError('encoding', said ?? '')
}

function asCatalogueError(error: unknown, signal: AbortSignal, patience: AbortSignal): unknown {
  if (error instanceof CatalogueError) return error
  if (signal.aborted) return signal.reason
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  if (patience.aborted || /TIMEOUT/.test(code)) return new CatalogueError('timeout')
  return new CatalogueError(
    /^(HPE_|UND_ERR_(RES|SOCKET|CONTENT))/.test(code) ? 'broken' : 'unreachable',
    code || message,
  )
}
