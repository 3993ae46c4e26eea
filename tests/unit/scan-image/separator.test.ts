import { describe, expect, test } from 'vitest'
import { paperCode } from '../../../electron/domain/codes.ts'
import { judge, readSeparator } from '../../../electron/core/scanning/image/separator.ts'
import { cleanSlip, deskMarks, wornSlip } from '../../bench/scan/slips.ts'
import { lines, paper } from './pictures.ts'

const valid = (text: string) => ({ isValid: true, text })

describe('what the codes on a page mean', () => {
  test('our code with its check character names the request', () => {
    expect(judge([valid(paperCode('HG00003902'))])).toEqual({ kind: 'slip', id: 'HG00003902' })
  })

  test('a wrong check character names nobody', () => {
    const good = paperCode('HG00003902')
    for (const check of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*')
      if (!good.endsWith(check)) expect(judge([valid(`BD1:HG00003902:${check}`)])).toEqual({ kind: 'unsure' })
  })

  test('two different requests on one page are believed neither; the same one twice is one', () => {
    expect(judge([valid(paperCode('HG00003902')), valid(paperCode('HG00003901'))])).toEqual({ kind: 'unsure' })
    expect(judge([valid(paperCode('HG00003902')), valid(paperCode('HG00003902'))])).toMatchObject({ kind: 'slip' })
  })

  test('codes of others, bags and numbers without a check character are no separators', () => {
    for (const text of ['https://example.org/12', '9787570208203', 'HG00003902', paperCode('B-RUC-1-17')])
      expect(judge([valid(text)])).toEqual({ kind: 'none' })
  })

  test('a code that was seen but not read makes the page unsure', () => {
    expect(judge([{ isValid: false, text: '' }])).toEqual({ kind: 'unsure' })
  })
})

describe('slips out of a feeder', () => {
  test('worn, crooked, folded and stamped slips of our own template are read', async () => {
    const clean = await cleanSlip('HG00003902', 1, 200)
    for (let i = 0; i < 5; i++) {
      const marks = await deskMarks(clean.width, clean.height, 200, i)
      const scan = await wornSlip(clean, marks, i)
      expect(await readSeparator(scan), `slip ${i}`).toEqual({ kind: 'slip', id: 'HG00003902' })
    }
  })

  test('a page of text is no slip', async () => {
    expect(await readSeparator(lines(paper(1240, 1754, 150), 1))).toEqual({ kind: 'none' })
  })
})
