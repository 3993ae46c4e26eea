/** How calls reach a centre out in the world: through which proxy, and whose certificates are trusted. */
import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'
import { Agent, EnvHttpProxyAgent, ProxyAgent, type Dispatcher } from 'undici'

export interface Network {
  /** '' = what the system or the environment says, `none`, or the address of a proxy (`http://host:port`). */
  proxy: string
  /** Further root certificates, PEM; '' = none. */
  ca: string
}

/** What the operating system's settings say for an address: a proxy's address, or null for none. */
export type SystemProxy = (url: string) => Promise<string | null>

export const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/
const PATIENCE = { connect: { timeout: 10_000 }, headersTimeout: 30_000, bodyTimeout: 60_000 }

/** Roots of the program, of the system, of NODE_EXTRA_CA_CERTS, and those given; undefined when the usual ones are enough. */
function trusted(given: string): string[] | undefined {
  const files = [process.env['BALIS_DESK_CA'], process.env['NODE_EXTRA_CA_CERTS']].filter((path) => path)
  const read = files.flatMap((path) => {
    try {
      return [readFileSync(path!, 'utf8')]
    } catch {
      return []
    }
  })
  const more = [...systemCertificates(), ...read, ...(given === '' ? [] : [given])]
  return more.length === 0 ? undefined : [...tls.rootCertificates, ...more]
}

/** A library's own authority is often installed on its machines. Runtimes that cannot tell have none. */
function systemCertificates(): string[] {
  try {
    return tls.getCACertificates('system')
  } catch {
    return []
  }
}

const ENVIRONMENT = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/** @returns what carries calls to this address; the caller closes it */
export async function connectThrough(base: URL, network: Network, systemProxy?: SystemProxy): Promise<Dispatcher> {
  const local = LOOPBACK.test(base.hostname)
  const ca = base.protocol === 'https:' ? trusted(network.ca) : undefined
  const requestTls = ca ? { ca } : {}
  const direct = () => new Agent({ ...PATIENCE, connect: { ...PATIENCE.connect, ...requestTls } })
  const through = (uri: string) => new ProxyAgent({ ...PATIENCE, uri, requestTls, proxyTls: requestTls })
  // A proxy is for a centre out in the world, never for the one on this machine.
  if (local || network.proxy === 'none') return direct()
  if (network.proxy !== '') return through(network.proxy)
  if (ENVIRONMENT.some((name) => process.env[name]))
    return new EnvHttpProxyAgent({
      ...PATIENCE,
      connect: { ...PATIENCE.connect, ...requestTls },
      requestTls,
      proxyTls: requestTls,
      httpsProxy: ENVIRONMENT.map((name) => process.env[name]).find((value) => value)!,
    })
  const uri = await systemProxy?.(base.href).catch(() => null)
  return uri ? through(uri) : direct()
}
