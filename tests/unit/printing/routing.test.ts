import { describe, expect, it } from 'vitest'
import type { PrinterCapabilities } from '../../../electron/core/printing/driver.ts'
import { queueSetup } from '../../../electron/core/printing/ipp-server/queue-setup.ts'
import { ESCPOS_MIME, ZPL_MIME } from '../../../electron/core/printing/raw/raw-driver.ts'
import { chooseOutput, choosePrinter, NO_ROUTE, type PrinterHealth } from '../../../electron/core/printing/routing.ts'

const health = (entries: Record<string, PrinterHealth>) => new Map(Object.entries(entries))
const zebra = { ...NO_ROUTE, printerId: 'zebra', fallbackId: 'laser', source: 'roll', copies: 2 }
const routes = { bagLabel: zebra }

describe('the printer for a kind of slip', () => {
  it('is the one of its route, with tray and copies', () => {
    expect(choosePrinter('bagLabel', routes, 'laser', health({ zebra: 'idle', laser: 'idle' }))).toEqual({
      printerId: 'zebra',
      route: zebra,
      instead: false,
    })
  })

  it.each(['offline', 'stopped'] as const)('is the fallback while the first is %s, and this is told', (state) => {
    expect(choosePrinter('bagLabel', routes, undefined, health({ zebra: state, laser: 'printing' }))).toMatchObject({
      printerId: 'laser',
      // The tray is the first printer's.
      route: { copies: 2, source: null },
      instead: true,
    })
  })

  it('stays the first, for which the job waits, when both are away', () => {
    const both = health({ zebra: 'offline', laser: 'offline' })
    expect(choosePrinter('bagLabel', routes, 'other', both)).toMatchObject({ printerId: 'zebra', instead: false })
  })

  it('is the usual one without a route, and none when nothing is set up', () => {
    expect(choosePrinter('pullSlip', routes, 'laser', health({}))).toMatchObject({ printerId: 'laser', instead: false })
    expect(choosePrinter('pullSlip', routes, undefined, health({}))).toBeUndefined()
  })

  it('is the usual one for a route that only says tray or copies', () => {
    const many = { manifest: { ...NO_ROUTE, copies: 3 } }
    expect(choosePrinter('manifest', many, 'laser', health({}))).toMatchObject({
      printerId: 'laser',
      route: { copies: 3 },
    })
  })
})

const paper = (name: string, ready = true) => ({ name, widthMm: 1, heightMm: 1, ready })
const laser: PrinterCapabilities = {
  makeAndModel: 'Laser',
  formats: ['application/pdf'],
  media: [paper('iso_a4_210x297mm'), paper('iso_a5_148x210mm', false)],
  mediaDefault: 'iso_a4_210x297mm',
  sources: [],
  dpi: [300, 600],
  sides: ['one-sided'],
  copiesMax: 99,
  colour: false,
  accepting: true,
  state: 'idle',
  attention: [],
  queue: false,
}

describe('paper and format', () => {
  it('take what lies in the tray rather than what would have to be fetched', () => {
    expect(chooseOutput('pullSlip', laser)).toMatchObject({
      format: 'pdf',
      layout: { media: 'iso_a4_210x297mm', dpi: 600 },
      options: { media: 'iso_a4_210x297mm' },
    })
    const both = { ...laser, media: [paper('iso_a4_210x297mm'), paper('iso_a5_148x210mm')] }
    expect(chooseOutput('pullSlip', both).options).toEqual({ media: 'iso_a5_148x210mm' })
    expect(chooseOutput('manifest', both).options).toEqual({ media: 'iso_a4_210x297mm' })
  })

  it('ask for no paper where the printer names none', () => {
    expect(chooseOutput('pullSlip', { ...laser, media: [] })).toMatchObject({ format: 'pdf', options: {} })
  })

  it('are those of the route, tray and sides with them', () => {
    const route = { ...NO_ROUTE, paper: 'a5' as const, source: 'tray-2', sides: 'two-sided-long-edge' as const }
    expect(chooseOutput('manifest', laser, route)).toMatchObject({
      paper: 'a5',
      options: { media: 'iso_a5_148x210mm', source: 'tray-2', sides: 'two-sided-long-edge' },
    })
  })

  it('are dots of the head for receipt and label printers', () => {
    const receipt = { ...laser, formats: [ESCPOS_MIME], media: [], dpi: [180] }
    expect(chooseOutput('pullSlip', { ...receipt, widthMm: 48 })).toMatchObject({
      format: 'escpos',
      layout: { widthMm: 48, dpi: 180 },
    })
    expect(chooseOutput('pullSlip', { ...receipt, widthMm: 72 })).toMatchObject({
      format: 'escpos',
      layout: { widthMm: 72 },
    })
    const label = { ...laser, formats: [ZPL_MIME], media: [], dpi: [300] }
    expect(chooseOutput('bagLabel', label)).toMatchObject({ format: 'zpl', layout: { widthMm: 101.6, dpi: 300 } })
    expect(chooseOutput('addressLabel', label)).toMatchObject({ format: 'zpl', layout: { heightMm: 60 } })
  })
})

describe('the command that adds the desk as a printer', () => {
  it('is for the system it is shown on, and only for our own printer', () => {
    const uri = 'ipp://127.0.0.1:8631/ipp/print'
    expect(queueSetup('linux', uri).add).toContain(`-v ${uri} -m everywhere`)
    expect(queueSetup('win32', uri).add).toContain('-IppURL "http://127.0.0.1:8631/ipp/print"')
    expect(() => queueSetup('linux', 'ipp://127.0.0.1:8631/ipp/print; rm -rf ~')).toThrow(RangeError)
    expect(() => queueSetup('linux', 'ipp://evil.example/ipp/print')).toThrow(RangeError)
  })
})
