import { Bonjour } from 'bonjour-service'
import { afterEach, expect, test } from 'vitest'
import { discoverPrinters } from '../../electron/core/printing/discovery.ts'
import { houseAddresses } from '../../electron/core/scanning/escl/private-network.ts'

// Only this combination receives anything on Linux when mDNS is kept to loopback.
const LOOPBACK = { interface: '127.0.0.1', bind: '0.0.0.0', loopback: true }
let publisher: Bonjour | undefined
afterEach(() => publisher?.destroy())

test('printers that announce themselves are offered as addresses; others, and strangers, are not', async () => {
  publisher = new Bonjour(LOOPBACK as object)
  const publish = (name: string, type: string, port: number, txt: object) =>
    publisher!.publish({ name, type, port, txt, probe: false, disableIPv6: true })
  publish('HP LaserJet 三层', 'ipp', 8631, { rp: 'ipp/print', pdl: 'application/pdf' })
  publish('HP LaserJet 三层', 'ipps', 8632, { rp: 'ipp/print' })
  publish('Only TLS', 'ipps', 8633, { rp: 'ipp/print' })
  publish('Zebra ZD421', 'pdl-datastream', 9100, { ty: 'Zebra ZD421', pdl: 'application/vnd.zebra-zpl' })
  publish('Plain 9100', 'pdl-datastream', 9101, { ty: 'Something' })
  publish('Evil', 'ipp', 8634, { rp: '../x y?@' })
  const ours = (found: readonly { name: string; address: string }[]) =>
    found.filter(({ name }) => /HP|TLS|Zebra|Plain|Evil/.test(name)).map(({ address }) => address)
  await expect
    .poll(async () => ours(await discoverPrinters(houseAddresses(), LOOPBACK)).toSorted(), { timeout: 15_000 })
    .toEqual(['ipp://127.0.0.1:8631/ipp/print', 'ipps://127.0.0.1:8633/ipp/print', 'zpl://127.0.0.1:9100'])
  // Addresses outside the house are not offered, whatever they announce.
  expect(ours(await discoverPrinters(() => false, LOOPBACK))).toEqual([])
})
