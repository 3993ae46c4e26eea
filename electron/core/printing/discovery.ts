import { Bonjour, type Browser, type Service } from 'bonjour-service'
import type { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { houseAddresses } from '../scanning/escl/private-network.ts'

export interface FoundPrinter {
  name: string
  /** As staff would type it: `ipp://…`, `ipps://…`, `zpl://…`, `escpos://…`. */
  address: string
}

/** Announcements that are printers: IPP with and without TLS, and bare port 9100. */
const TYPES = ['ipp', 'ipps', 'pdl-datastream'] as const
const LISTEN_MS = 1500

/**
 * Listens once for printers that announce themselves by mDNS (RFC 6763, Bonjour Printing). Only addresses of private
 * networks are taken. Where multicast cannot be had nothing is found and nothing fails: an address can be typed.
 */
export async function discoverPrinters(
  allowed: (address: string) => boolean = houseAddresses(),
  options: object = {},
  listenMs = LISTEN_MS,
): Promise<FoundPrinter[]> {
  const bonjour = new Bonjour(options, () => {})
  // A port that cannot be had would end the process: bonjour-service leaves its socket's error to nobody.
  const { mdns } = (bonjour as unknown as { server: { mdns: EventEmitter } }).server
  mdns.on('error', () => {})
  try {
    const browsers: Browser[] = TYPES.map((type) => bonjour.find({ type }))
    await sleep(listenMs)
    const found = new Map<string, FoundPrinter>()
    browsers.forEach((browser, i) => {
      for (const service of browser.services) {
        const printer = printerOf(service, TYPES[i]!, allowed)
        // With TLS or without: the same printer is offered once, the way that works everywhere first.
        if (printer && !found.has(printer.name)) found.set(printer.name, printer)
      }
    })
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
  } finally {
    await new Promise<void>((resolve) => bonjour.destroy(() => resolve()))
  }
}

function printerOf(
  service: Service,
  type: (typeof TYPES)[number],
  allowed: (address: string) => boolean,
): FoundPrinter | undefined {
  const byFamily = (a: string, b: string) => Number(a.includes(':')) - Number(b.includes(':'))
  const addresses = [service.referer?.address ?? '', ...[...(service.addresses ?? [])].sort(byFamily)]
  const address = addresses.find((one) => one !== '' && !/^fe80:/i.test(one) && allowed(one))
  if (!address || !(service.port > 0)) return undefined
  const host = `${address.includes(':') ? `[${address}]` : address}:${service.port}`
  const text = (service.txt ?? {}) as Record<string, unknown>
  const word = (key: string) => (typeof text[key] === 'string' ? text[key] : '')
  const name = service.name.slice(0, 200)
  if (type === 'pdl-datastream') {
    const speaks = `${word('pdl')} ${word('ty')} ${word('product')}`
    if (/zpl|zebra/i.test(speaks)) return { name, address: `zpl://${host}` }
    if (/esc.?pos|epson.*TM-/i.test(speaks)) return { name, address: `escpos://${host}` }
    return undefined
  }
  const path = word('rp') || 'ipp/print'
  if (!/^[\w./-]{1,120}$/.test(path)) return undefined
  return { name, address: `${type}://${host}/${path.replace(/^\/+/, '')}` }
}
