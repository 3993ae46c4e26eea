import { describe, expect, it } from 'vitest'
import type { PrinterCapabilities } from '../../../electron/core/printing/driver.ts'
import { renderForPrinter } from '../../../electron/core/printing/output.ts'
import { rawPrinterOf } from '../../../electron/core/printing/raw/address.ts'
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
    const able = printer(['application/pdf'], [600])
    const { bytes, mime, options } = await renderForPrinter('pullSlip', [SAMPLES.pullSlip], 'zh-CN', able, 2)
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    expect({ mime, options }).toEqual({ mime: 'application/pdf', options: { copies: 2, media: 'iso_a4_210x297mm' } })
  })

  it('are dots for a receipt printer, copies in the bytes', async () => {
    const able = printer([ESCPOS_MIME], [203])
    const one = await renderForPrinter('receipt', [SAMPLES.receipt], 'zh-CN', able, 1, 48)
    const two = await renderForPrinter('receipt', [SAMPLES.receipt], 'zh-CN', able, 2, 48)
    expect(two.mime).toBe(ESCPOS_MIME)
    expect(two.bytes.length).toBe(2 * one.bytes.length)
    // GS v 0 names the width in bytes: 48 mm at 203 dpi are 384 dots.
    expect(Buffer.from(one.bytes).readUInt16LE(2 + 4)).toBe(48)
  })

  it('are a label of the head resolution for a label printer', async () => {
    const able = printer([ZPL_MIME], [300])
    const { bytes, mime } = await renderForPrinter('bagLabel', [SAMPLES.bagLabel], 'en', able, 3)
    expect(mime).toBe(ZPL_MIME)
    expect(Buffer.from(bytes).toString()).toMatch(/^\^XA\^PW1200\^LL1800[^]*\^PQ3,/)
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
  })

  it('is nothing for other addresses', () => {
    for (const wrong of [
      'ipp://x/ipp/print',
      'escpos://',
      'escpos://a/b',
      'zpl://x?dpi=1',
      'escpos://x?width=5000',
      '',
    ]) {
      expect(rawPrinterOf(wrong), wrong).toBeUndefined()
    }
  })
})
