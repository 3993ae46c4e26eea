import { Agent, buildConnector, request } from 'undici'
import { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { PrintError } from '../errors.ts'

/** How to reach one IPP printer or queue. */
export interface IppTarget {
  /** `ipp://` or `ipps://`; the port defaults to 631. */
  uri: string
  /** SHA-256 of the certificate a person has trusted (hex). Without it only certificates of known authorities pass. */
  fingerprint?: string
  auth?: { user: string; password: string }
}

/** Limits against a printer that answers slowly, endlessly or never. */
export interface TransportLimits {
  connectMs: number
  answerMs: number
  answerBytes: number
}

export const TRANSPORT_LIMITS: TransportLimits = { connectMs: 5_000, answerMs: 30_000, answerBytes: 4 * 1024 * 1024 }

/** The web address IPP is spoken at: RFC 8010 section 4, RFC 7472 for ipps. */
export function httpUrl(uri: string): URL {
  let url: URL
  try {
    url = new URL(uri.replace(/^ipps:/i, 'https:').replace(/^ipp:/i, 'http:'))
  } catch (cause) {
    throw new PrintError('not_found', { detail: 'not a printer address', cause })
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new PrintError('not_found', { detail: 'not an ipp:// or ipps:// address' })
  }
  // `URL` hides port 80 of http and 443 of https; both mean "none was given" unless they stand in the text.
  if (url.port === '' && !/^[a-z]+:\/\/[^/]*:\d+/i.test(uri)) url.port = '631'
  return url
}

/** Certificate fingerprints are compared without colons and case. */
export function plainFingerprint(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase()
}

/** A connector that lets TLS through only for a known authority or the one pinned certificate. */
function pinnedConnector(target: IppTarget, limits: TransportLimits): buildConnector.connector {
  // No cached sessions: a resumed session carries no certificate to compare.
  const connect = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0, timeout: limits.connectMs })
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null)
      const tls = socket as TLSSocket
      if (options.protocol === 'https:' && !trusted(tls, target)) {
        const seen = plainFingerprint(tls.getPeerCertificate().fingerprint256 ?? '')
        tls.destroy()
        return callback(new PrintError('tls_untrusted', { fingerprint: seen }), null)
      }
      callback(null, socket!)
    })
}

function trusted(socket: TLSSocket, target: IppTarget): boolean {
  // A pin decides alone: once a person has trusted this device, another certificate is a warning, whoever signed it.
  if (target.fingerprint === undefined) return socket.authorized
  return plainFingerprint(socket.getPeerCertificate().fingerprint256 ?? '') === plainFingerprint(target.fingerprint)
}

/** Sends HTTP to one printer over kept connections. Close it when the printer is no longer used. */
export class IppTransport {
  readonly #target: IppTarget
  readonly #limits: TransportLimits
  readonly #agent: Agent
  readonly #url: URL

  constructor(target: IppTarget, limits: TransportLimits = TRANSPORT_LIMITS) {
    this.#target = target
    this.#limits = limits
    this.#url = httpUrl(target.uri)
    this.#agent = new Agent({
      connect: pinnedConnector(target, limits),
      connections: 4,
      // Small printers close idle connections early and without saying so; do not reuse one for long.
      keepAliveTimeout: 1_000,
      headersTimeout: limits.answerMs,
      bodyTimeout: limits.answerMs,
    })
  }

  /**
   * Posts one IPP request and gives the answer's bytes.
   * Throws PrintError (`uncertain` when a document was on its way), or the signal's reason.
   */
  async post(body: Uint8Array | AsyncIterable<Uint8Array>, bytes: number, signal?: AbortSignal): Promise<Buffer> {
    try {
      return await this.#post(body, bytes, signal)
    } catch (error) {
      // A kept connection that the printer had closed meanwhile. Questions are asked once more; a document never is.
      const stale = error instanceof PrintError && error.code === 'offline' && error.detail === 'UND_ERR_SOCKET'
      if (!stale || !(body instanceof Uint8Array)) throw error
      return this.#post(body, bytes, signal)
    }
  }

  async #post(
    body: Uint8Array | AsyncIterable<Uint8Array>,
    bytes: number,
    signal: AbortSignal | undefined,
  ): Promise<Buffer> {
    signal?.throwIfAborted()
    const headers: Record<string, string> = { 'content-type': 'application/ipp', 'content-length': String(bytes) }
    const auth = this.#target.auth
    if (auth) headers.authorization = `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`
    let started = false
    try {
      const answer = await request(this.#url, {
        method: 'POST',
        headers,
        body: body instanceof Uint8Array ? body : Readable.from(noting(body, () => (started = true))),
        dispatcher: this.#agent,
        signal: signal ?? null,
      })
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of answer.body) {
        size += chunk.length
        if (size > this.#limits.answerBytes) throw new PrintError('unknown', { detail: 'answer too large' })
        chunks.push(chunk)
      }
      if (answer.statusCode !== 200) throw httpError(answer.statusCode)
      return Buffer.concat(chunks)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      throw transportError(error, started)
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}

async function* noting(body: AsyncIterable<Uint8Array>, onStart: () => void): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    onStart()
    yield chunk
  }
}

function httpError(status: number): PrintError {
  const detail = `HTTP ${status}`
  if (status === 401 || status === 403 || status === 407) return new PrintError('auth', { detail })
  if (status === 404) return new PrintError('not_found', { detail })
  if (status === 426) return new PrintError('tls_untrusted', { detail: 'the printer asks for ipps://' })
  if (status === 503) return new PrintError('busy', { detail })
  return new PrintError('unknown', { detail })
}

function transportError(error: unknown, uncertain: boolean): PrintError {
  if (error instanceof PrintError) return error
  const cause = error as { code?: string; message?: string; cause?: unknown }
  if (cause.cause instanceof PrintError) return cause.cause
  // Reading our own document may fail too; that says nothing about the printer.
  if (cause.code === 'ENOENT' || cause.code === 'EACCES' || cause.code === 'EIO') {
    return new PrintError('unknown', { detail: 'the document could not be read', uncertain, cause })
  }
  return new PrintError('offline', { detail: cause.code ?? cause.message ?? 'no answer', uncertain, cause })
}
