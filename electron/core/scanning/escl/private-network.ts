import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Agent, buildConnector } from 'undici'
import { ScanError } from '../scan-error.ts'

/**
 * Connections to devices of the house only: loopback, private and link-local addresses, plus ranges an
 * administrator adds (a campus network may use public ones). A name is judged by the address it is connected to,
 * so a name that changes its address between check and use gains nothing.
 */
const PRIVATE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
]

export type AddressCheck = (address: string) => boolean

/** A check of addresses; `extra` are ranges such as "202.112.0.0/16". Errors: RangeError for what is no range. */
export function houseAddresses(extra: readonly string[] = []): AddressCheck {
  const list = new BlockList()
  for (const [net, prefix, family] of PRIVATE) list.addSubnet(net, prefix, family)
  for (const range of extra) {
    const [net = '', prefix = ''] = range.split('/')
    if (!isIP(net) || !/^\d{1,3}$/.test(prefix)) throw new RangeError(`not an address range: ${range}`)
    list.addSubnet(net, Number(prefix), isIP(net) === 6 ? 'ipv6' : 'ipv4')
  }
  return (address) => {
    const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain
    const family = isIP(mapped)
    return family !== 0 && list.check(mapped, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Knows whose certificates a person trusts (SHA-256 fingerprint by "host:port"). */
export interface CertificateBook {
  /** Whether this one is trusted; one that is not is remembered, to be asked about. */
  accepts(server: string, fingerprint: string): boolean
}

/** Trusts no certificate at all. */
const NOBODY: CertificateBook = { accepts: () => false }

export interface DeviceAgentOptions {
  allowed: AddressCheck
  certificates?: CertificateBook
  connectTimeoutMs?: number
}

/**
 * An HTTP agent for devices. They sign their certificates themselves, so one that no person has trusted yet is
 * `untrusted`, and so is another one later. A host outside the house is `access_denied`.
 */
export function deviceAgent({ allowed, certificates = NOBODY, connectTimeoutMs = 5000 }: DeviceAgentOptions): Agent {
  const guarded: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      const inside = found.filter(({ address }) => allowed(address))
      const first = inside[0]
      if (!first) return done(new ScanError('access_denied', `${host} is outside the house`), [])
      if (options.all) done(null, inside)
      else done(null, first.address, first.family)
    })
  }
  const connector = buildConnector({
    rejectUnauthorized: false,
    lookup: guarded,
    timeout: connectTimeoutMs,
    // A resumed session shows no certificate, so there would be nothing to compare.
    maxCachedSessions: 0,
  })
  return new Agent({
    connections: 2,
    connect(options, done) {
      // A literal address is never looked up, so it is judged here.
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) && !allowed(host)) {
        return done(new ScanError('access_denied', `${host} is outside the house`), null)
      }
      connector(options, (error, socket) => {
        if (error || !socket) return done(error ?? new ScanError('offline'), null)
        if (options.protocol !== 'https:') return done(null, socket)
        const shown = (socket as TLSSocket).getPeerCertificate().fingerprint256
        const server = `${options.hostname}:${options.port || 443}`
        if (!certificates.accepts(server, shown)) {
          socket.destroy()
          return done(new ScanError('untrusted', `${server} shows ${shown}`), null)
        }
        done(null, socket)
      })
    },
  })
}
