import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { decodeMessage } from '../../../electron/core/printing/ipp/decode.ts'
import { encodeMessage, IppFormatError } from '../../../electron/core/printing/ipp/encode.ts'
import {
  attribute,
  type IppAttribute,
  type IppMessage,
  type IppValue,
} from '../../../electron/core/printing/ipp/message.ts'

const int32 = fc.integer({ min: -0x80000000, max: 0x7fffffff })
const byte = fc.nat(255)
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const bytes = fc.uint8Array({ maxLength: 40 })

const scalar: fc.Arbitrary<IppValue> = fc.oneof(
  fc.record({ tag: fc.constantFrom('integer' as const, 'enum' as const), value: int32 }),
  fc.record({ tag: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({
    tag: fc.constantFrom(
      ...(['text', 'name', 'keyword', 'uri', 'uriScheme', 'charset', 'naturalLanguage', 'mimeType'] as const),
    ),
    value: text,
  }),
  fc.record({ tag: fc.constant('octetString' as const), value: bytes }),
  fc.record({
    tag: fc.constant('dateTime' as const),
    value: fc.record({
      year: fc.nat(9999),
      month: byte,
      day: byte,
      hour: byte,
      minute: byte,
      second: byte,
      deciseconds: byte,
      offsetMinutes: fc.integer({ min: -840, max: 840 }),
    }),
  }),
  fc.record({
    tag: fc.constant('resolution' as const),
    value: fc.record({ x: int32, y: int32, units: fc.constantFrom(3, 4) }),
  }),
  fc.record({ tag: fc.constant('rangeOfInteger' as const), value: fc.record({ lower: int32, upper: int32 }) }),
  fc.record({
    tag: fc.constantFrom('textWithLanguage' as const, 'nameWithLanguage' as const),
    value: fc.record({ language: fc.constantFrom('zh-cn', 'en'), text }),
  }),
  fc.record({
    tag: fc.constantFrom(
      ...(['unsupported', 'unknown', 'noValue', 'notSettable', 'deleteAttribute', 'adminDefine'] as const),
    ),
    value: fc.constant(null),
  }),
  fc.record({ tag: fc.constant('other' as const), code: fc.constantFrom(0x1f, 0x2a, 0x5a, 0x7f), value: bytes }),
)

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/)
const { attributes } = fc.letrec<{ value: IppValue; attributes: IppAttribute[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    scalar,
    fc.record({ tag: fc.constant('collection' as const), value: tie('attributes') }),
  ),
  attributes: fc.array(fc.record({ name, values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }) }), {
    maxLength: 4,
  }),
}))

const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.constantFrom<[number, number]>([1, 1], [2, 0], [2, 2]),
  code: fc.nat(0xffff),
  requestId: int32,
  groups: fc.array(fc.record({ tag: fc.constantFrom(1, 2, 4, 5, 6, 7), attributes }), { maxLength: 3 }),
})

describe('an IPP message', () => {
  it('comes back the same after writing and reading, with its document untouched', () => {
    fc.assert(
      fc.property(message, fc.uint8Array({ maxLength: 100 }), (sent, document) => {
        const { data, ...read } = decodeMessage(Buffer.concat([encodeMessage(sent), document]))
        expect(read).toEqual(sent)
        expect(new Uint8Array(data)).toEqual(document)
      }),
      { numRuns: 400 },
    )
  })

  it('is written byte for byte like the Print-Job example of RFC 8010 appendix A.1', () => {
    const sent: IppMessage = {
      version: [1, 1],
      code: 0x0002,
      requestId: 1,
      groups: [
        {
          tag: 1,
          attributes: [
            attribute.charset('attributes-charset', 'utf-8'),
            attribute.naturalLanguage('attributes-natural-language', 'en-us'),
            attribute.uri('printer-uri', 'ipp://printer.example.com/ipp/print/pinetree'),
            attribute.name('job-name', 'foobar'),
            attribute.boolean('ipp-attribute-fidelity', true),
          ],
        },
        { tag: 2, attributes: [attribute.integer('copies', 20), attribute.keyword('sides', 'two-sided-long-edge')] },
      ],
    }
    const octets = [
      '01010002 00000001 01',
      '47 0012 617474726962757465732d63686172736574 0005 7574662d38',
      '48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0005 656e2d7573',
      '45 000b 7072696e7465722d757269',
      '002c 6970703a2f2f7072696e7465722e6578616d706c652e636f6d2f6970702f7072696e742f70696e6574726565',
      '42 0008 6a6f622d6e616d65 0006 666f6f626172',
      '22 0016 6970702d6174747269627574652d666964656c697479 0001 01',
      '02 21 0006 636f70696573 0004 00000014',
      '44 0005 7369646573 0013 74776f2d73696465642d6c6f6e672d65646765',
      '03',
    ]
    expect(encodeMessage(sent).toString('hex')).toBe(octets.join('').replaceAll(' ', ''))
  })
})

describe('hostile input', () => {
  it('never does anything but parse or refuse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (junk) => {
        try {
          decodeMessage(Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 1]), junk]))
        } catch (error) {
          expect(error).toBeInstanceOf(IppFormatError)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('is refused wherever it was cut off', () => {
    fc.assert(
      fc.property(message, fc.nat(), (sent, cut) => {
        const whole = encodeMessage(sent)
        expect(() => decodeMessage(whole.subarray(0, cut % whole.length))).toThrow(IppFormatError)
      }),
      { numRuns: 400 },
    )
  })

  it('is refused when it nests or repeats without end', () => {
    let nested: IppAttribute[] = [attribute.integer('x', 1)]
    for (let depth = 0; depth < 50; depth++) nested = [attribute.collection('x', nested)]
    const deep = encodeMessage({ version: [2, 0], code: 0, requestId: 1, groups: [{ tag: 4, attributes: nested }] })
    expect(() => decodeMessage(deep)).toThrow('nested')
    const values = Array.from({ length: 100_000 }, (_, i) => i)
    const many = [attribute.integer('n', ...values)]
    const wide = encodeMessage({ version: [2, 0], code: 0, requestId: 1, groups: [{ tag: 4, attributes: many }] })
    expect(() => decodeMessage(wide)).toThrow('too many values')
  })

  it('cannot make us write what IPP cannot carry', () => {
    const write = (value: IppAttribute) =>
      encodeMessage({ version: [2, 0], code: 0, requestId: 1, groups: [{ tag: 1, attributes: [value] }] })
    expect(() => write(attribute.text('t', 'x'.repeat(40_000)))).toThrow(IppFormatError)
    expect(() => write(attribute.integer('n', 2 ** 31))).toThrow(IppFormatError)
    expect(() => write({ name: 'empty', values: [] })).toThrow(IppFormatError)
  })
})
