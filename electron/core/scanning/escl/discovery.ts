import { Bonjour, type Browser, type Service } from 'bonjour-service'
import type { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AddressCheck } from './private-network.ts'

/** Options of multicast-dns that bonjour-service hands through. */
export interface MulticastOptions {
  interface?: string
  bind?: string
  loopback?: boolean
}

/** Milliseconds the first question gets; devices answer within one, by the standard within half a second. */
const FIRST_ROUND_MS = 1500
const LATER_ROUND_MS = 400

/**
 * Listens for scanners that announce themselves by mDNS (`_uscan._tcp`, `_uscans._tcp`). One that went without a
 * word stays in here until its time to live is over; the driver asks every device itself before it lists it.
 * Where multicast cannot be had (no network, a firewall) nothing is found and nothing fails: an address can be typed.
 */
export class EsclDiscovery {
  readonly #allowed: AddressCheck
  readonly #options: MulticastOptions
  #bonjour: Bonjour | null = null
  #browsers: Browser[] = []

  constructor(allowed: AddressCheck, options: MulticastOptions = {}) {
    this.#allowed = allowed
    this.#options = options
  }

  /** eSCL roots announced now. Plain http comes first: many devices speak a TLS that nobody accepts any more. */
  readonly announced = async (signal: AbortSignal): Promise<string[]> => {
    const first = this.#bonjour === null
    if (first) this.#start()
    else for (const browser of this.#browsers) browser.update()
    await sleep(first ? FIRST_ROUND_MS : LATER_ROUND_MS, undefined, { signal })
    const roots = this.#browsers.flatMap((browser, i) => {
      browser.expire()
      return browser.services.flatMap((service) => this.#rootOf(service, i === 0 ? 'http' : 'https') ?? [])
    })
    return [...new Set(roots)]
  }

  stop(): Promise<void> {
    const bonjour = this.#bonjour
    this.#bonjour = null
    this.#browsers = []
    return new Promise((resolve) => (bonjour ? bonjour.destroy(() => resolve()) : resolve()))
  }

  #start(): void {
    const bonjour = new Bonjour(this.#options as object, () => {})
    // A port that cannot be had would end the process: bonjour-service leaves its socket's error to nobody.
    const { mdns } = (bonjour as unknown as { server: { mdns: EventEmitter } }).server
    mdns.on('error', () => {})
    this.#bonjour = bonjour
    this.#browsers = ['uscan', 'uscans'].map((type) => bonjour.find({ type }))
  }

  #rootOf(service: Service, protocol: string): string | null {
    // An announcement carries every address of the machine, some out of reach: the one it came from is taken first.
    const byFamily = (a: string, b: string): number => Number(a.includes(':')) - Number(b.includes(':'))
    const addresses = [service.referer?.address ?? '', ...[...(service.addresses ?? [])].sort(byFamily)]
    const address = addresses.find((a) => !/^fe80:/i.test(a) && this.#allowed(a))
    if (!address || !(service.port > 0)) return null
    const { rs } = (service.txt ?? {}) as { rs?: unknown }
    const path = typeof rs === 'string' ? rs.replace(/^\/+|\/+$/g, '') : 'eSCL'
    if (!/^[\w./-]*$/.test(path)) return null
    return `${protocol}://${address.includes(':') ? `[${address}]` : address}:${service.port}/${path || 'eSCL'}`
  }
}
