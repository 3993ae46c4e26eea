import { describe, expect, it } from 'vitest'
import type { PrinterCapabilities } from '../../../electron/core/printing/driver.ts'
import { renderForPrinter } from '../../../electron/core/printing/output.ts'
import { rawPrinterOf } from '../../../electron/core/printing/raw/address.ts'
import { chooseOutput, NO_ROUTE } from '../../../electron/core/printing/routing.ts'
import { SLIP_PAGES_MIME } from '../../../electron/core/printing/system/pages.ts'
import { ESCPOS_MIME, ZPL_MIME } from '../../../electron/core/printing/raw/raw-driver.ts'
import { SAMPLES } from './slip-samples.ts'

const printer = (formats: string[], dpi: number[]): PrinterCapabilities => ({
  makeAndModel: '',
  formats,
  media: formats.includes('application/pdf')
    ? [{ name: 'iso_a4_210x297mm', widthMm: 210, heightMm: 297, ready: true }]
    : [],
  mediaDefault: undefined,
  sources: [],
  dpi,
  sides: ['one-sided'],
  copiesMax: 99,
  colour: false,
  accepting: true,
  state: 'idle',
  attention: [],
  queue: false,
})

describe('slips for a printer', () => {
  it('are a PDF on paper that it has, copies as a job setting', async () => {
    const output = chooseOutput('pullSlip', printer(['application/pdf'], [600]))
    const made = await renderForPrinter('pullSlip', [SAMPLES.pullSlip], output, { locale: 'zh-CN', copies: 2 })
    expect(Buffer.from(made.shown.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(made).toMatchObject({
      pages: 1,
      sent: undefined,
      mime: 'application/pdf',
      options: { copies: 2, media: 'iso_a4_210x297mm' },
    })
  })

  it('are dots for a receipt printer, copies in the bytes, beside a PDF to look at', async () => {
    const output = chooseOutput('receipt', { ...printer([ESCPOS_MIME], [203]), widthMm: 48 })
    const one = await renderForPrinter('receipt', [SAMPLES.receipt], output, { locale: 'zh-CN' })
    const two = await renderForPrinter('receipt', [SAMPLES.receipt], output, { locale: 'zh-CN', copies: 2 })
    expect(two.mime).toBe(ESCPOS_MIME)
    expect(two.sent!.length).toBe(2 * one.sent!.length)
    // GS v 0 names the width in bytes: 48 mm at 203 dpi are 384 dots.
    expect(Buffer.from(one.sent!).readUInt16LE(2 + 4)).toBe(48)
    expect(Buffer.from(one.shown.subarray(0, 5)).toString()).toBe('%PDF-')
  })

  it('are a label of the head resolution, in the size of the setting', async () => {
    const usual = chooseOutput('bagLabel', printer([ZPL_MIME], [300]))
    const { sent, mime } = await renderForPrinter('bagLabel', [SAMPLES.bagLabel], usual, { locale: 'en', copies: 3 })
    expect(mime).toBe(ZPL_MIME)
    expect(Buffer.from(sent!).toString()).toMatch(/^\^XA\^PW1200\^LL1800[^]*\^PQ3,/)
    const small = chooseOutput('bagLabel', { ...printer([ZPL_MIME], [203]), widthMm: 100, heightMm: 70 })
    expect(small.layout).toMatchObject({ widthMm: 100, heightMm: 70, dpi: 203 })
  })

  it('use up a begun label sheet, and say where the next print begins', async () => {
    const route = { ...NO_ROUTE, paper: 'labels14' as const }
    const output = chooseOutput('addressLabel', printer(['application/pdf'], [600]), route)
    expect(output.options).toEqual({ media: 'iso_a4_210x297mm' })
    const items = Array.from({ length: 5 }, () => SAMPLES.addressLabel)
    const made = await renderForPrinter('addressLabel', items, output, { locale: 'zh-CN', start: 12 })
    expect(made).toMatchObject({ pages: 2, nextStart: 3 })
  })

  it('are pages of exact size for the system, without script and without fonts', async () => {
    const output = chooseOutput('pullSlip', printer([SLIP_PAGES_MIME], [600]))
    const slips = [SAMPLES.pullSlip, SAMPLES.pullSlip]
    const { sent, mime } = await renderForPrinter('pullSlip', slips, output, { locale: 'zh-CN' })
    expect(mime).toBe(SLIP_PAGES_MIME)
    const html = Buffer.from(sent!).toString()
    expect(html).toContain('@page{size:148mm 210mm')
    expect(html.match(/<svg/g)).toHaveLength(2)
    expect(html).not.toMatch(/<script|<text|font-family/)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the address of a receipt or label printer', () => {
  it('is read with what is usual where nothing is said', () => {
    expect(rawPrinterOf('escpos://192.168.1.9')).toMatchObject({
      host: '192.168.1.9',
      port: 9100,
      dpi: 203,
      widthMm: 72,
    })
    expect(rawPrinterOf('ZPL://labels.lib.cn:6101?dpi=300&width=100')).toMatchObject({
      language: 'zpl',
      host: 'labels.lib.cn',
      port: 6101,
      dpi: 300,
      widthMm: 100,
    })
    expect(rawPrinterOf('zpl://[fd00::7]?height=60')).toMatchObject({ host: 'fd00::7', heightMm: 60 })
    expect(rawPrinterOf('escpos://pos.lib?confirm=1')).toMatchObject({ confirms: true })
  })

  it('is nothing for other addresses', () => {
    for (const wrong of [
      'ipp://x/ipp/print',
      'escpos://',
      'escpos://a/b',
      'zpl://x?dpi=1',
      'escpos://x?width=5000',
      'zpl://x?height=9',
      '',
    ]) {
      expect(rawPrinterOf(wrong), wrong).toBeUndefined()
    }
  })
})
